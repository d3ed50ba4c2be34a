// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.testing.Patience;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedJobTest {

    @TempDir private Path folder;

    private static void until(Callable<Boolean> holds) {
        await().until(holds);
    }

    private static void untilMore(NumbersJob job) {
        int before = job.numbers().size();
        until(() -> job.numbers().size() > before + 100);
    }

    private static void untilTold(EmbeddedJob running, List<String> told) {
        until(
                () -> {
                    told.addAll(running.news());
                    return !told.isEmpty();
                });
    }

    private static Path path(String uri) {
        return Path.of(URI.create(uri));
    }

    @Test
    void aStoppedJobLeavesALastCheckpointAfterWhichNothingIsRepeated() {
        NumbersJob job = new NumbersJob(folder);
        LastCheckpoint last;
        try (EmbeddedJob running = EmbeddedJob.start(job, Optional.empty())) {
            untilMore(job);
            last = running.stop(Patience.TIME);
            assertThat(running.status()).contains(JobStatus.FINISHED);
            assertThat(running.failure()).isEmpty();
        }
        int first = job.numbers().size();
        Optional<String> newest = Checkpoints.newest(job.settings().checkpointUri());

        try (EmbeddedJob again = EmbeddedJob.start(job, newest)) {
            untilMore(job);
            again.stop(Patience.TIME);
        }

        assertThat(last.taken()).as(last.missing()).isTrue();
        assertThat(last.line()).startsWith("Stopped; goes on from file:");
        assertThat(newest.map(EmbeddedJobTest::path)).contains(path(last.path()));
        assertThat(job.numbers()).hasSizeGreaterThan(first).isEqualTo(job.eachOnce());
    }

    @Test
    void aJobThatCannotCheckpointIsStoppedWithoutAndSaysSo() {
        NumbersJob job = new NumbersJob(folder);
        try (EmbeddedJob running = EmbeddedJob.start(job, Optional.empty())) {
            untilMore(job);
            job.stall();

            LastCheckpoint last = running.stop(Duration.ofMillis(700));

            assertThat(last.taken()).isFalse();
            assertThat(last.line())
                    .isEqualTo(
                            "Stopped without a last checkpoint (it was not complete within 0.7 s);"
                                    + " goes on from the newest one, and what was delivered at once"
                                    + " since then is delivered again");
        }
    }

    @Test
    void whoIsInterruptedLeavesNoLastCheckpointThatNobodyWaitedFor() {
        NumbersJob job = new NumbersJob(folder);
        try (EmbeddedJob running = EmbeddedJob.start(job, Optional.empty())) {
            untilMore(job);
            Thread.currentThread().interrupt();

            LastCheckpoint last = running.stop(Patience.TIME);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(last.line()).startsWith("Stopped without a last checkpoint (interrupted);");
        }
        assertThat(path(job.settings().checkpointUri()))
                .isDirectoryNotContaining("glob:**/savepoint-*");
    }

    @Test
    void aTaskExecutorThatEndedIsReplacedAndThatIsTold() throws Exception {
        NumbersJob job = new NumbersJob(folder);
        List<String> told = new ArrayList<>();
        try (EmbeddedJob running = EmbeddedJob.start(job, Optional.empty())) {
            untilMore(job);
            job.poison();
            until(() -> running.taskExecutors() == 0);
            job.heal();
            untilTold(running, told);
            untilMore(job);
            assertThat(running.failure()).isEmpty();
            assertThat(running.failures()).isNotEmpty();
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0))
                .startsWith("Flink's task executor had ended")
                .endsWith("; another was started");
        assertThat(job.distinct())
                .isEqualTo(LongStream.range(0, job.distinct().size()).boxed().toList());
    }

    @Test
    void aClusterThatEndedIsStartedAnewFromTheNewestCheckpoint() {
        NumbersJob job = new NumbersJob(folder);
        List<String> told = new ArrayList<>();
        String checkpoints = job.settings().checkpointUri();
        try (EmbeddedJob running = EmbeddedJob.start(job, Optional.empty())) {
            until(() -> Checkpoints.newest(checkpoints).isPresent());
            untilMore(job);
            running.cluster().close();
            assertThat(running.status()).contains(JobStatus.RESTARTING);
            untilTold(running, told);
            until(() -> running.status().equals(Optional.of(JobStatus.RUNNING)));
            untilMore(job);
            assertThat(running.failure()).isEmpty();
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0))
                .startsWith("Flink ended in this process; started anew from file:")
                .contains("/chk-");
        // Far fewer than there would be, had it begun at 0 again.
        long repeated = job.numbers().size() - job.numbers().stream().distinct().count();
        assertThat(job.numbers().stream().filter(number -> number == 0)).hasSize(1);
        assertThat(repeated).isPositive();
    }
}
