// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.jobs.command.demo.FollowedDemo;
import dev.kedge.jobs.files.DiskUse;
import dev.kedge.jobs.flink.JobFailedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoLinesTest {
    private static final Duration TIME = Duration.ofMillis(300);

    private final StringWriter said = new StringWriter();
    private final Slow demo = new Slow();

    /** Takes a while until it runs. */
    private static final class Slow implements FollowedDemo {
        private int looks;
        private Optional<String> failure = Optional.empty();
        private Optional<Instant> running = Optional.empty();

        @Override
        public URI uri() {
            return URI.create("http://localhost:1/");
        }

        @Override
        public boolean runs() {
            looks++;
            if (looks == 4) {
                running = Optional.of(Instant.now());
            }
            return looks >= 4;
        }

        @Override
        public Optional<String> failure() {
            return failure;
        }

        @Override
        public DiskUse files() {
            return new DiskUse(Path.of("there"), 5 << 20);
        }

        @Override
        public List<String> news() {
            return List.of();
        }
    }

    @Test
    void itsTimeBeginsWhenTheJobRuns() {
        try (Interrupt interrupt = new Interrupt()) {
            new DemoLines(demo, interrupt, new PrintWriter(said))
                    .follow(Optional.of(TIME), () -> "figures");
        }

        assertThat(Duration.between(demo.running.orElseThrow(), Instant.now()))
                .isGreaterThanOrEqualTo(TIME);
        assertThat(said.toString())
                .contains(
                        "open http://localhost:1/",
                        "Its files are in there",
                        "0 s  figures; 5.0 MB on disk");
    }

    @Test
    void aJobThatNeverRunsEndsIt() {
        demo.failure = Optional.of("no memory");

        try (Interrupt interrupt = new Interrupt()) {
            DemoLines lines = new DemoLines(demo, interrupt, new PrintWriter(said));
            assertThatExceptionOfType(JobFailedException.class)
                    .isThrownBy(() -> lines.follow(Optional.of(TIME), () -> "figures"))
                    .withMessage("the job is over: no memory");
        }
    }
}
