// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A complete checkpoint, as Flink's log tells of it.
 *
 * @param at when it was complete, wall clock in milliseconds
 * @param bytes that were new
 * @param millis from its trigger to its last acknowledgement
 */
record CheckpointLine(long at, long bytes, long millis) {
    private static final Pattern LINE =
            Pattern.compile(
                    "^(\\S+?)[,.](\\d{3}) .*Completed checkpoint \\d+ for job \\w+ \\((\\d+) bytes, checkpointDuration=(\\d+) ms.*");

    static List<CheckpointLine> in(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(CheckpointLine::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CheckpointLine of(Matcher line) {
        long seconds =
                LocalDateTime.parse(line.group(1))
                        .atZone(ZoneId.systemDefault())
                        .toInstant()
                        .toEpochMilli();
        return new CheckpointLine(
                seconds + Long.parseLong(line.group(2)),
                Long.parseLong(line.group(3)),
                Long.parseLong(line.group(4)));
    }
}
