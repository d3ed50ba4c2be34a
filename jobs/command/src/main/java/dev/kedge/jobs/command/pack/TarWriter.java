// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Writes archives whose bytes say nothing of when, where and by whom they were written. */
final class TarWriter {
    private static final int PROGRAM = 0100755;
    private static final int FILE = 0100644;

    private TarWriter() {}

    /**
     * Writes a compressed archive.
     *
     * @param root folder in the archive
     * @param files by their names below it
     */
    static void write(Path archive, String root, SortedMap<String, Path> files) throws IOException {
        GzipParameters fast = new GzipParameters();
        // Nearly all of it is compressed already.
        fast.setCompressionLevel(Deflater.BEST_SPEED);
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(
                        new GzipCompressorOutputStream(
                                new BufferedOutputStream(Files.newOutputStream(archive)), fast))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(root + "/" + file.getKey());
                entry.setSize(Files.size(file.getValue()));
                entry.setMode(file.getKey().equals(Layout.SCRIPT) ? PROGRAM : FILE);
                entry.setModTime(0L);
                entry.setIds(0, 0);
                entry.setNames("root", "root");
                tar.putArchiveEntry(entry);
                Files.copy(file.getValue(), tar);
                tar.closeArchiveEntry();
            }
        }
    }
}
