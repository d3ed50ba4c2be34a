// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import dev.kedge.jobs.checkpoint.CheckpointContents.Inlined;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/**
 * Has RocksDB check every block of its tables at once. It would do so itself, but only block by
 * block as each is read, which may be long after.
 */
final class TableCheck implements AutoCloseable {
    private final Options options;

    TableCheck() {
        RocksDB.loadLibrary();
        options = new Options();
    }

    void verify(CheckpointContents contents, Path metadata) throws IOException {
        for (StateFile file : contents.files()) {
            if (file.table()) {
                table(file.path(), "table " + file.path());
            }
        }
        if (!contents.tables().isEmpty()) {
            Path copy = Files.createTempFile("kedge-table", ".sst");
            try {
                for (Inlined table : contents.tables()) {
                    copy(metadata, table, copy);
                    table(copy, "a table within _metadata");
                }
            } finally {
                Files.delete(copy);
            }
        }
    }

    private void table(Path file, String name) {
        try (SstFileReader reader = new SstFileReader(options)) {
            reader.open(file.toString());
            reader.verifyChecksum();
        } catch (RocksDBException e) {
            throw new DamagedCheckpointException(name + " is damaged: " + Words.of(e));
        }
    }

    private static void copy(Path metadata, Inlined table, Path copy) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(table.bytes());
        try (FileChannel in = FileChannel.open(metadata)) {
            while (bytes.hasRemaining()) {
                if (in.read(bytes, table.at() + bytes.position()) < 0) {
                    throw new DamagedCheckpointException("_metadata ends too early");
                }
            }
        }
        Files.write(copy, bytes.array());
    }

    @Override
    public void close() {
        options.close();
    }
}
