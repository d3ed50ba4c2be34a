// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.MasterState;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.apache.flink.runtime.state.filesystem.RelativeFileStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * A checkpoint as Flink's RocksDB backend leaves it, made without Flink's running: tables shared
 * between checkpoints, a file of its own, state within the metadata.
 *
 * @param folder the checkpoint's
 * @param shared its tables in the shared folder
 * @param own its own file
 */
record MadeCheckpoint(Path folder, List<Path> shared, Path own) {
    static final int OWN_BYTES = 30_000;

    /** Makes one with these tables, which are made unless they are there. */
    static MadeCheckpoint make(Path run, int number, String... tables) throws Exception {
        Path folder = Files.createDirectories(run.resolve("chk-" + number));
        List<Path> shared = new ArrayList<>();
        List<HandleAndLocalPath> handles = new ArrayList<>();
        for (String name : tables) {
            Path table = Files.createDirectories(run.resolve("shared")).resolve(name);
            if (!Files.exists(table)) {
                table(table, name.hashCode());
            }
            shared.add(table);
            handles.add(
                    HandleAndLocalPath.of(
                            new FileStateHandle(flink(table), Files.size(table)), name + ".sst"));
        }
        Path own = folder.resolve("own-" + number);
        byte[] bytes = new byte[OWN_BYTES];
        new Random(number).nextBytes(bytes);
        Files.write(own, bytes);
        Path small = Files.createTempFile(run, "small", ".sst");
        table(small, number);
        handles.add(
                HandleAndLocalPath.of(
                        new ByteStreamStateHandle("small", Files.readAllBytes(small)),
                        "000001.sst"));
        Files.delete(small);
        write(
                folder,
                number,
                handles,
                new RelativeFileStateHandle(flink(own), own.getFileName() + "", OWN_BYTES));
        return new MadeCheckpoint(folder, shared, own);
    }

    Path metadata() {
        return folder.resolve("_metadata");
    }

    private static void write(
            Path folder, int number, List<HandleAndLocalPath> handles, StreamStateHandle own)
            throws IOException {
        OperatorState operator = new OperatorState("learn", "learn", new OperatorID(), 1, 128);
        operator.setCoordinatorState(new ByteStreamStateHandle("coordinator", new byte[] {1, 2}));
        operator.putState(
                0,
                OperatorSubtaskState.builder()
                        .setManagedOperatorState(
                                new OperatorStreamStateHandle(
                                        Map.of(
                                                "commands",
                                                new OperatorStateHandle.StateMetaInfo(
                                                        new long[] {0, 8},
                                                        OperatorStateHandle.Mode.BROADCAST)),
                                        own))
                        .setManagedKeyedState(
                                new IncrementalRemoteKeyedStateHandle(
                                        UUID.randomUUID(),
                                        KeyGroupRange.of(0, 127),
                                        number,
                                        handles,
                                        List.of(),
                                        new ByteStreamStateHandle("meta", new byte[50])))
                        .build());
        CheckpointMetadata metadata =
                new CheckpointMetadata(
                        number,
                        List.of(operator),
                        List.of(new MasterState("master", new byte[] {3}, 1)),
                        CheckpointProperties.forCheckpoint(
                                CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION));
        try (OutputStream out = Files.newOutputStream(folder.resolve("_metadata"))) {
            Checkpoints.storeCheckpointMetadata(metadata, out);
        }
    }

    private static void table(Path file, int seed) throws RocksDBException {
        RocksDB.loadLibrary();
        Random random = new Random(seed);
        try (Options options = new Options();
                EnvOptions environment = new EnvOptions();
                SstFileWriter writer = new SstFileWriter(environment, options)) {
            writer.open(file.toString());
            for (int i = 100; i < 200; i++) {
                byte[] value = new byte[20];
                random.nextBytes(value);
                writer.put(("key-" + i).getBytes(StandardCharsets.UTF_8), value);
            }
            writer.finish();
        }
    }

    private static org.apache.flink.core.fs.Path flink(Path path) {
        return org.apache.flink.core.fs.Path.fromLocalFile(path.toFile());
    }

    /** Turns one bit round. */
    static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x10;
        Files.write(file, bytes);
    }

    static void shorten(Path file, int bytes) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
    }
}
