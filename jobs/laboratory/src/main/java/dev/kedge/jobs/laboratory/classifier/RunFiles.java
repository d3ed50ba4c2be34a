// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.FigureJson;
import dev.kedge.jobs.laboratory.ResultFiles;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.MemoryPartStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of an experiment's runs: a result for each that is over, a snapshot for each that is
 * not. Each file is there as a whole or not at all.
 *
 * <p>A snapshot, version 1: fingerprint, progress as JSON, number of parts, name and bytes of each.
 */
final class RunFiles {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = FigureJson.builder().build();

    private static final Comparator<RunResult> ORDER =
            Comparator.comparing((RunResult run) -> run.key().encoder())
                    .thenComparing(run -> run.key().size())
                    .thenComparing(run -> run.key().bytes())
                    .thenComparing(run -> run.key().method());

    private final Path folder;

    RunFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * A run that is not over.
     *
     * @param fingerprint of its data and settings
     * @param progress how far it is
     * @param parts its model
     */
    record Snapshot(String fingerprint, RunProgress progress, MemoryPartStore parts) {}

    /** The result of a run, if it is over. */
    Optional<RunResult> result(RunKey key) {
        Path file = resultFile(key);
        return bytes(file).map(json -> result(file, json));
    }

    /** All results, by encoder, size and method, then by name of their files. */
    List<RunResult> results() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(file -> bytes(file).stream().map(json -> result(file, json)))
                    .sorted(ORDER)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets all runs. */
    void clear() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().matches(".*_seed-?\\d+\\.(json|snapshot|.*part)"))
                    .forEach(RunFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunResult result(Path file, byte[] json) {
        try {
            return JSON.readValue(json, RunResult.class);
        } catch (IOException e) {
            throw new ConfigurationException(
                    file + ": is no result of a run (damaged?); without it the run is made again");
        }
    }

    /** Ends a run. */
    void finish(RunResult result) {
        ResultFiles.write(resultFile(result.key()), json(result));
        delete(snapshotFile(result.key()));
    }

    /** The snapshot of a run, if there is one that can be read. */
    Optional<Snapshot> snapshot(RunKey key) {
        try {
            return bytes(snapshotFile(key)).map(RunFiles::snapshot);
        } catch (DamagedSnapshotException e) {
            return Optional.empty();
        }
    }

    private static Snapshot snapshot(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.EXPERIMENT_RUN, VERSION);
        String fingerprint = in.getUtf8();
        byte[] progress = in.getBytes();
        MemoryPartStore parts = new MemoryPartStore();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            String name = in.getUtf8();
            parts.put(name, in.getBytes());
        }
        in.requireEnd();
        try {
            return new Snapshot(fingerprint, JSON.readValue(progress, RunProgress.class), parts);
        } catch (IOException e) {
            throw new DamagedSnapshotException("progress: " + e.getMessage());
        }
    }

    /** Writes down how far a run is. */
    void save(RunKey key, Snapshot snapshot) {
        BinaryWriter out = new BinaryWriter(1 << 16);
        out.putUtf8(snapshot.fingerprint());
        out.putBytes(json(snapshot.progress()));
        Map<String, byte[]> parts = snapshot.parts().parts();
        out.putInt(parts.size());
        parts.forEach(
                (name, bytes) -> {
                    out.putUtf8(name);
                    out.putBytes(bytes);
                });
        ResultFiles.write(snapshotFile(key), Envelope.seal(Family.EXPERIMENT_RUN, VERSION, out));
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path resultFile(RunKey key) {
        return folder.resolve(key.id() + ".json");
    }

    private Path snapshotFile(RunKey key) {
        return folder.resolve(key.id() + ".snapshot");
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
