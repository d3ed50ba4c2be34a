// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The text of a job file, kept beside the job's checkpoints: an upgrade that fails starts the job
 * again as it was. What the file leaves to its surroundings is not looked up in it.
 */
final class KeptJobFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeptJobFile.class);
    private static final String BEGINNING = "job-";
    private static final String ENDING = ".yaml";
    private static final int NAME = 16;

    /** How many texts of one job are kept. */
    static final int MOST = 10;

    private KeptJobFile() {}

    /**
     * Writes a text, anew if it is there, so that it counts as the newest, and deletes the oldest
     * of many.
     *
     * @param folder the job's folder of checkpoints
     * @return where it is; empty if it cannot be written, which no job fails of
     */
    static Optional<String> write(String folder, String text) {
        try {
            byte[] bytes = text.getBytes(UTF_8);
            String name = BEGINNING + DigestUtils.sha256Hex(bytes).substring(0, NAME) + ENDING;
            Path file = new Path(folder, name);
            FileSystem files = file.getFileSystem();
            try (FSDataOutputStream out = files.create(file, FileSystem.WriteMode.OVERWRITE)) {
                out.write(bytes);
            }
            prune(files, new Path(folder));
            return Optional.of(file.toString());
        } catch (IOException e) {
            LOG.warn("the job file cannot be kept in {}", folder, e);
            return Optional.empty();
        }
    }

    private static void prune(FileSystem files, Path folder) throws IOException {
        List<FileStatus> kept = new ArrayList<>();
        for (FileStatus file : files.listStatus(folder)) {
            String name = file.getPath().getName();
            if (!file.isDir() && name.startsWith(BEGINNING) && name.endsWith(ENDING)) {
                kept.add(file);
            }
        }
        kept.sort(Comparator.comparingLong(FileStatus::getModificationTime).reversed());
        for (FileStatus old : kept.subList(Math.min(MOST, kept.size()), kept.size())) {
            files.delete(old.getPath(), false);
        }
    }
}
