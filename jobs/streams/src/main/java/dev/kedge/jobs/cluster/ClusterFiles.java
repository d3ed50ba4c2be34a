// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import dev.kedge.connectors.onnx.SentSum;
import dev.kedge.jobs.flink.JobFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * Files that the job manager reads through Flink's file systems and that Flink's distributed cache
 * brings to the task managers. Copies that are made meanwhile go when it is closed.
 */
final class ClusterFiles implements JobFiles, AutoCloseable {
    private final Map<String, Path> found = new TreeMap<>();
    private Optional<Path> copies = Optional.empty();

    @Override
    public Path find(String file) {
        return found.computeIfAbsent(file, this::here);
    }

    private Path here(String file) {
        boolean local = "file".equals(FlinkFiles.uri(file).getScheme());
        return local ? Path.of(FlinkFiles.uri(file)) : copy(file);
    }

    private Path copy(String file) {
        try (InputStream in = FlinkFiles.open(file)) {
            Path copy = folder().resolve("file-" + found.size());
            Files.copy(in, copy);
            return copy;
        } catch (IOException e) {
            throw FlinkFiles.unreadable(file, e);
        }
    }

    private Path folder() throws IOException {
        if (copies.isEmpty()) {
            copies = Optional.of(Files.createTempDirectory("kedge-job"));
        }
        return copies.get();
    }

    @Override
    public Optional<String> send(StreamExecutionEnvironment environment, String name, String file) {
        try {
            String sum = SentSum.of(find(file));
            environment.registerCachedFile(FlinkFiles.uri(file).toString(), name);
            return Optional.of(sum);
        } catch (IOException e) {
            throw FlinkFiles.unreadable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            if (copies.isPresent()) {
                FileUtils.deleteDirectory(copies.get().toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
