// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.flink.JobPulse;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.jobs.page.JobHealth.Concern;
import dev.kedge.jobs.page.SteppedClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;

class JobWatchTest {
    private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SteppedClock clock = new SteppedClock(START);
    private final JobHealth health = new JobHealth(clock);
    private final Fake job = new Fake();
    private final List<String> lines = new ArrayList<>();
    private final JobWatch watch =
            new JobWatch(
                    job,
                    health,
                    new JobWatch.Limits(Duration.ofMinutes(1), Duration.ofMinutes(20), 3),
                    clock,
                    lines::add);

    private static final class Fake implements JobWatch.Watched {
        private Optional<JobStatus> status = Optional.of(JobStatus.RUNNING);
        private final List<JobPulse.Failure> failures = new ArrayList<>();
        private JobPulse.Checkpointing checkpoints = JobPulse.Checkpointing.NONE;
        private int executors = 1;

        @Override
        public JobPulse pulse() {
            return new JobPulse(
                    status,
                    List.copyOf(failures),
                    Optional.of(checkpoints),
                    OptionalInt.of(executors));
        }

        @Override
        public Optional<String> failure() {
            return Optional.of("the\nlast\nword");
        }

        void checkpoints(long completed, long failed) {
            checkpoints = new JobPulse.Checkpointing(completed, failed, "no space\nleft");
        }
    }

    private Optional<String> look() {
        clock.advance(SECOND);
        return watch.look();
    }

    private Optional<String> fail(Throwable cause) {
        job.failures.add(new JobPulse.Failure(clock.instant(), cause));
        return look();
    }

    private JobHealth.Status status() {
        return health.status(Optional.empty());
    }

    @Test
    void aRestartIsToldOnceOnTheTerminalAndInHealth() {
        job.status = Optional.of(JobStatus.RESTARTING);
        assertThat(fail(new RuntimeException("wrapped", new IOException("the line\n is cut"))))
                .isEmpty();
        look();

        assertThat(lines).containsExactly("Restart 1: the line is cut");
        assertThat(status().restarts())
                .isEqualTo(new JobHealth.Restarts(1, Optional.of(START), "the line is cut"));
        assertThat(status().state()).isEqualTo(JobHealth.State.RESTARTING);
        assertThat(status().message()).isEqualTo("the line is cut");

        job.status = Optional.of(JobStatus.RUNNING);
        look();
        assertThat(status().message()).isEmpty();
        assertThat(status().restarts().count()).isEqualTo(1);
    }

    @Test
    void whatCannotHealEndsTheRunWithItsReason() {
        Optional<String> end = fail(new RuntimeException(new OutOfMemoryError("Java heap space")));

        assertThat(end.orElseThrow())
                .contains("-Xmx", "OutOfMemoryError: Java heap space")
                .doesNotContain("\n");
        assertThat(status().state()).isEqualTo(JobHealth.State.FAILED);
        assertThat(status().message()).isEqualTo(end.get());
        assertThat(lines).isEmpty();
    }

    @Test
    void moreRestartsThanAllowedWithoutACheckpointBetweenEndTheRun() {
        for (int i = 0; i < 3; i++) {
            assertThat(fail(new IOException("poison number " + i))).isEmpty();
        }

        assertThat(fail(new IOException("poison number 3")))
                .hasValueSatisfying(
                        why ->
                                assertThat(why)
                                        .contains(
                                                "failed 4 times without a complete checkpoint",
                                                "restarts.max-without-checkpoint: 3",
                                                "poison number 3"));
        assertThat(lines).hasSize(3);
    }

    @Test
    void aCheckpointBetweenLetsItRestartAgain() {
        for (int i = 0; i < 10; i++) {
            job.checkpoints(i + 1, 0);
            assertThat(fail(new IOException("now and then"))).isEmpty();
        }

        assertThat(status().restarts().count()).isEqualTo(10);
    }

    @Test
    void restartsWhileNoBrokerAnswersDoNotCount() {
        health.warn(Concern.BROKER, "no Kafka broker answers at here:1");
        for (int i = 0; i < 10; i++) {
            assertThat(fail(new IOException("nobody there"))).isEmpty();
        }

        assertThat(status().restarts().count()).isEqualTo(10);
        assertThat(lines)
                .contains("Warning: no Kafka broker answers at here:1", "Restart 10: nobody there");
    }

    @Test
    void aBrokerThatIsAwayIsToldOnceWithItsReturnAndMakesTheJobStale() {
        look();
        assertThat(status().stale()).isFalse();
        health.warn(Concern.BROKER, "no Kafka broker answers at here:1");
        look();
        health.warn(Concern.BROKER, "no Kafka broker answers at here:1");
        look();
        assertThat(status().stale()).isTrue();
        assertThat(status().warnings())
                .containsExactly(
                        new JobHealth.Warning(
                                Concern.BROKER,
                                START.plus(SECOND),
                                "no Kafka broker answers at here:1"));

        health.clear(Concern.BROKER);
        look();

        assertThat(status().stale()).isFalse();
        assertThat(lines)
                .containsExactly(
                        "Warning: no Kafka broker answers at here:1",
                        "Right again after 3 s: no Kafka broker answers at here:1");
    }

    @Test
    void checkpointsThatCouldNotBeginWhileTasksStartAreNoFailures() {
        job.checkpoints = new JobPulse.Checkpointing(0, 4, "");
        look();
        job.checkpoints = new JobPulse.Checkpointing(1, 4, "");
        look();

        assertThat(lines).isEmpty();
        assertThat(status().warnings()).isEmpty();
    }

    @Test
    void failedCheckpointsAreToldOnceThenEveryTenthAndWhenTheyAreCompleteAgain() {
        for (int failed = 1; failed <= 25; failed++) {
            job.checkpoints(0, failed);
            assertThat(look()).isEmpty();
        }
        assertThat(status().stale()).isTrue();
        assertThat(status().warnings().get(0).text())
                .isEqualTo("checkpoints fail (25 in a row): no space left");

        job.checkpoints(1, 25);
        look();

        assertThat(lines)
                .containsExactly(
                        "A checkpoint failed (1 in a row): no space left",
                        "A checkpoint failed (10 in a row): no space left",
                        "A checkpoint failed (20 in a row): no space left",
                        "Checkpoints are complete again, after 25 that failed");
        assertThat(status().warnings()).isEmpty();
    }

    @Test
    void aJobThatRunsWithoutACheckpointStandsStillAndEndsInTheEnd() {
        job.checkpoints(7, 0);
        look();
        clock.advance(Duration.ofSeconds(61));
        assertThat(look()).isEmpty();
        assertThat(lines)
                .containsExactly(
                        "Warning: the job stands still: no checkpoint was complete for 62 s");
        assertThat(status().stale()).isTrue();

        job.checkpoints(8, 0);
        look();
        assertThat(lines).hasSize(2);
        assertThat(status().stale()).isFalse();

        clock.advance(Duration.ofMinutes(20));
        assertThat(look()).contains("no checkpoint was complete for 1201 s; the log may tell more");
    }

    @Test
    void standingStillBecauseNoBrokerAnswersIsNoReasonToEnd() {
        health.warn(Concern.BROKER, "no Kafka broker answers at here:1");
        for (int minute = 0; minute < 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(look()).isEmpty();
        }
    }

    @Test
    void aJobWithoutATaskExecutorEndsThoughFlinkCallsItRunning() {
        job.executors = 0;
        look();
        job.executors = 1;
        look();
        job.executors = 0;
        look();
        clock.advance(Duration.ofSeconds(59));
        assertThat(look()).isEmpty();

        assertThat(look()).contains("no task executor has lived for 61 s; start it again");
    }

    @Test
    void anotherClusterCountsFromTheBeginning() {
        job.checkpoints(50, 3);
        look();
        lines.clear();
        job.checkpoints(0, 1);
        look();

        assertThat(lines).containsExactly("A checkpoint failed (1 in a row): no space left");
    }

    @Test
    void anEndedJobSaysWhyInOneLine() {
        job.status = Optional.of(JobStatus.FAILED);
        assertThat(fail(new IOException("x"))).contains("the last word");
        assertThat(lines).isEmpty();

        job.status = Optional.empty();
        assertThat(look()).contains("the last word");
    }

    @Test
    void limitsFollowTheJobFile() {
        assertThat(JobWatch.Limits.of(DiscontinuationFile.DEFAULT))
                .isEqualTo(
                        new JobWatch.Limits(
                                Duration.ofMinutes(1), Duration.ofMinutes(20).plusSeconds(50), 10));
    }
}
