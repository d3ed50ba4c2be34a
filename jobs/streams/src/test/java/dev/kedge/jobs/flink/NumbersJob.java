// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.JobSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Counts from 0 and writes each number at once to a file; files that are there or not tell its task
 * to fail or to stand still.
 */
record NumbersJob(Path folder) implements StreamJob {
    NumbersJob {
        write(folder.resolve("numbers"), "");
    }

    @Override
    public JobSettings settings() {
        return DiscontinuationFile.DEFAULT.local("127.0.0.1:1", folder.resolve("checkpoints"));
    }

    @Override
    public void build(StreamExecutionEnvironment environment) {
        environment
                .fromSource(
                        new NumberSequenceSource(0, Long.MAX_VALUE - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(new Write(folder.toString()))
                .uid("write")
                .sinkTo(new DiscardingSink<>());
    }

    /** Lets the task fail, and fail again while it is put away. */
    void poison() {
        write(folder.resolve("poison"), "");
    }

    void heal() throws IOException {
        Files.delete(folder.resolve("poison"));
    }

    /** Lets the task stand still. */
    void stall() {
        write(folder.resolve("stall"), "");
    }

    /** What was written so far. */
    List<Long> numbers() {
        try {
            return Files.readString(folder.resolve("numbers")).lines().map(Long::valueOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written so far, in order and without what was repeated. */
    List<Long> distinct() {
        return numbers().stream().distinct().sorted().toList();
    }

    /** Every number from 0, once, as many as were written. */
    List<Long> eachOnce() {
        return LongStream.range(0, numbers().size()).boxed().toList();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(
                    file,
                    text,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Write extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private static final long PACE = TimeUnit.MILLISECONDS.toNanos(2);

        private final String folder;

        Write(String folder) {
            this.folder = folder;
        }

        private boolean told(String what) {
            return Files.exists(Path.of(folder, what));
        }

        @Override
        public Long map(Long number) {
            LockSupport.parkNanos(PACE);
            while (told("stall") && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(PACE);
            }
            if (told("poison")) {
                throw new IllegalStateException("it was poisoned");
            }
            write(Path.of(folder, "numbers"), number + "\n");
            return number;
        }

        @Override
        public void close() {
            if (told("poison")) {
                throw new IllegalStateException("it could not be put away");
            }
        }
    }
}
