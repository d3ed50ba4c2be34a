// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.Checkpoints;

/** Checks a checkpoint or savepoint in a folder of this machine before anybody uses it. */
public final class CheckpointCheck {
    static final String METADATA = "_metadata";

    private CheckpointCheck() {}

    /**
     * Checks only that the metadata can be read, in memory bounded by the file's own size.
     *
     * @param folder the checkpoint's, or its file {@code _metadata}
     * @throws DamagedCheckpointException if it cannot be
     */
    public static void metadata(Path folder) {
        Path metadata = metadataOf(folder);
        MetadataScan.read(metadata);
        readable(metadata);
    }

    /**
     * Checks everything that can be checked without Flink: metadata, that each file is there and
     * long enough, and its checksum. Without checksums of ours, RocksDB's own are asked.
     *
     * @param folder the checkpoint's, or its file {@code _metadata}
     * @throws DamagedCheckpointException if it must not be used
     */
    public static void whole(Path folder) {
        Path metadata = metadataOf(folder).toAbsolutePath().normalize();
        Path checkpoint = metadata.getParent();
        Optional<Checksums> checksums = Checksums.read(Checksums.fileOf(checkpoint));
        checksums.ifPresent(known -> compare(checkpoint, metadata, known.sums()));
        CheckpointContents contents = MetadataScan.read(metadata);
        requireFiles(contents.files());
        if (checksums.isPresent()) {
            contents.files()
                    .forEach(file -> compare(checkpoint, file.path(), checksums.get().sums()));
        } else {
            requireTables(contents, metadata);
        }
        readable(metadata);
    }

    static CheckpointContents contents(Path checkpoint) {
        return MetadataScan.read(checkpoint.resolve(METADATA));
    }

    /** Looks at lengths alone. */
    static void requireFiles(List<StateFile> files) {
        for (StateFile file : files) {
            if (!Files.isRegularFile(file.path())) {
                throw new DamagedCheckpointException("file " + file.path() + " is not there");
            }
            try {
                long bytes = Files.size(file.path());
                if (bytes < file.bytes()) {
                    throw DamagedCheckpointException.of(
                            "file %s has %,d bytes of %,d", file.path(), bytes, file.bytes());
                }
            } catch (IOException e) {
                throw new DamagedCheckpointException(Words.of(e));
            }
        }
    }

    private static void compare(Path checkpoint, Path file, Map<Path, FileSum> known) {
        FileSum expected = known.get(Checksums.key(checkpoint, file));
        if (expected == null) {
            throw new DamagedCheckpointException(
                    "file " + file + " is not among those that it was complete with");
        }
        try {
            FileSum found = FileSum.of(file);
            if (found.bytes() != expected.bytes()) {
                throw DamagedCheckpointException.of(
                        "file %s has %,d bytes of %,d", file, found.bytes(), expected.bytes());
            }
            if (found.crc() != expected.crc()) {
                throw DamagedCheckpointException.of(
                        "file %s has the checksum %08x, it was written with %08x",
                        file, found.crc(), expected.crc());
            }
        } catch (IOException e) {
            throw new DamagedCheckpointException("file " + Words.of(e));
        }
    }

    private static void requireTables(CheckpointContents contents, Path metadata) {
        try (TableCheck check = new TableCheck()) {
            check.verify(contents, metadata);
        } catch (IOException e) {
            throw new DamagedCheckpointException("its tables cannot be read: " + Words.of(e));
        }
    }

    /** Flink's reader has the last word, once no length in the file can hurt it. */
    private static void readable(Path metadata) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
            Checkpoints.loadCheckpointMetadata(
                    in, CheckpointCheck.class.getClassLoader(), metadata.toUri().toString());
        } catch (IOException | RuntimeException e) {
            throw new DamagedCheckpointException("_metadata is damaged: " + Words.of(e));
        }
    }

    private static Path metadataOf(Path folder) {
        Path metadata = folder.endsWith(METADATA) ? folder : folder.resolve(METADATA);
        if (!Files.isRegularFile(metadata)) {
            throw new DamagedCheckpointException("there is no file " + metadata);
        }
        return metadata;
    }
}
