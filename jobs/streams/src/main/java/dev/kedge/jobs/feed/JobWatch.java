// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.flink.FailureJudge;
import dev.kedge.jobs.flink.JobPulse;
import dev.kedge.jobs.flink.Reasons;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.jobs.page.JobHealth.Concern;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobStatus;

/**
 * Watches a job's progress and not only what Flink calls its status; tells the page and the
 * terminal of restarts, failed checkpoints and standstill; and says when a run cannot go on. Not
 * thread-safe: one thread looks.
 */
public final class JobWatch {
    private static final int TELL_EVERY = 10;

    private final Watched job;
    private final JobHealth health;
    private final Limits limits;
    private final Clock clock;
    private final Consumer<String> terminal;
    private final FailureJudge judge = new FailureJudge();
    private final Map<Concern, JobHealth.Warning> told = new EnumMap<>(Concern.class);
    private Instant newestFailure = Instant.MIN;
    private Instant moved;
    private JobPulse.Checkpointing before = JobPulse.Checkpointing.NONE;
    private int restartsWithoutCheckpoint;
    private long failedInARow;
    private Optional<Instant> aloneSince = Optional.empty();

    /** A job to be watched. */
    public interface Watched {
        /** How it is now. */
        JobPulse pulse();

        /** Why it ended; empty while it has not, or where it ended well. */
        Optional<String> failure();
    }

    /**
     * When a watch speaks up and when it gives up.
     *
     * @param slow time without a complete checkpoint, or without a task executor, after which it is
     *     told that the job stands still
     * @param stuck time without a complete checkpoint after which the run ends
     * @param restarts restarts without a complete checkpoint between after which the run ends
     */
    public record Limits(Duration slow, Duration stuck, int restarts) {
        private static final Duration LEAST = Duration.ofMinutes(1);
        // Flink gives up on one checkpoint after ten minutes: two of them must have had their time.
        private static final Duration CHECKPOINTS = Duration.ofMinutes(20);
        private static final int INTERVALS = 5;

        /** Those of a job. */
        public static Limits of(JobSettings settings) {
            Duration several = settings.checkpoints().every().multipliedBy(INTERVALS);
            return new Limits(
                    several.compareTo(LEAST) < 0 ? LEAST : several,
                    CHECKPOINTS.plus(several),
                    settings.restarts().maxWithoutCheckpoint());
        }
    }

    /**
     * Watches a job.
     *
     * @param job the job
     * @param health is told how the job is
     * @param limits when to give up
     * @param clock what measures standstill
     * @param terminal is told, in lines, what whoever runs the job should know
     */
    public JobWatch(
            Watched job, JobHealth health, Limits limits, Clock clock, Consumer<String> terminal) {
        this.job = job;
        this.health = health;
        this.limits = limits;
        this.clock = clock;
        this.terminal = terminal;
        this.moved = clock.instant();
    }

    /**
     * Looks once.
     *
     * @return why the run is over, empty while it is not
     */
    public Optional<String> look() {
        JobPulse pulse = job.pulse();
        pulse.checkpoints().ifPresent(this::checkpoints);
        Optional<String> reason = failures(pulse).or(() -> ended(pulse)).or(() -> stuck(pulse));
        if (reason.isPresent()) {
            health.become(JobHealth.State.FAILED, reason.get());
        } else {
            pulse.status().map(JobWatch::state).ifPresent(this::become);
        }
        tellWarnings();
        return reason;
    }

    private void become(JobHealth.State state) {
        String message =
                state == JobHealth.State.RESTARTING
                        ? health.status(Optional.empty()).restarts().reason()
                        : "";
        health.become(state, message);
    }

    private static JobHealth.State state(JobStatus status) {
        return switch (status) {
            case RUNNING -> JobHealth.State.RUNNING;
            case RESTARTING, FAILING -> JobHealth.State.RESTARTING;
            default -> JobHealth.State.STARTING;
        };
    }

    private Optional<String> ended(JobPulse pulse) {
        return isOver(pulse)
                ? Optional.of(job.failure().map(Reasons::oneLine).orElse("it ended"))
                : Optional.empty();
    }

    private static boolean isOver(JobPulse pulse) {
        return pulse.status().map(JobStatus::isGloballyTerminalState).orElse(true);
    }

    private void checkpoints(JobPulse.Checkpointing now) {
        if (now.completed() < before.completed() || now.failed() < before.failed()) {
            // Another cluster counts from the beginning.
            before = JobPulse.Checkpointing.NONE;
        }
        long failed = now.failed() - before.failed();
        // One that could not begin, because tasks still start, has no reason and is no failure.
        if (failed > 0 && !now.lastFailure().isEmpty()) {
            long inARow = failedInARow + failed;
            String last = "(" + inARow + " in a row): " + Reasons.oneLine(now.lastFailure());
            if (failedInARow == 0 || inARow / TELL_EVERY > failedInARow / TELL_EVERY) {
                terminal.accept("A checkpoint failed " + last);
            }
            failedInARow = inARow;
            health.warn(Concern.CHECKPOINTS, "checkpoints fail " + last);
        }
        if (now.completed() > before.completed()) {
            moved = clock.instant();
            restartsWithoutCheckpoint = 0;
            if (failedInARow > 0) {
                terminal.accept(
                        "Checkpoints are complete again, after " + failedInARow + " that failed");
            }
            failedInARow = 0;
            health.clear(Concern.CHECKPOINTS);
        }
        before = now;
    }

    private Optional<String> failures(JobPulse pulse) {
        Optional<String> end = Optional.empty();
        for (JobPulse.Failure failure :
                pulse.failures().stream()
                        .filter(one -> one.at().isAfter(newestFailure))
                        .sorted(Comparator.comparing(JobPulse.Failure::at))
                        .toList()) {
            newestFailure = failure.at();
            end = end.or(() -> judged(failure, isOver(pulse)));
        }
        return end;
    }

    private Optional<String> judged(JobPulse.Failure failure, boolean over) {
        boolean outage = health.warns(Concern.BROKER);
        Optional<String> hopeless = judge.judge(failure, outage);
        if (hopeless.isPresent() || over) {
            return hopeless;
        }
        String reason = Reasons.deepest(failure.cause());
        restartsWithoutCheckpoint += outage ? 0 : 1;
        if (restartsWithoutCheckpoint > limits.restarts()) {
            return Optional.of(
                    format(
                            "it failed %d times without a complete checkpoint between"
                                    + " (restarts.max-without-checkpoint: %d); the last time: %s",
                            restartsWithoutCheckpoint, limits.restarts(), reason));
        }
        health.restarted(failure.at(), reason);
        long count = health.status(Optional.empty()).restarts().count();
        terminal.accept("Restart " + count + ": " + reason);
        return Optional.empty();
    }

    private Optional<String> stuck(JobPulse pulse) {
        Instant now = clock.instant();
        boolean outage = health.warns(Concern.BROKER);
        boolean up = pulse.status().filter(JobStatus.RUNNING::equals).isPresent();
        if (outage) {
            // What stands still because no broker answers goes on when one does.
            moved = now;
        }
        aloneSince =
                pulse.executors().orElse(0) > 0
                        ? Optional.empty()
                        : aloneSince.or(() -> Optional.of(now));
        Duration alone = aloneSince.map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
        if (alone.compareTo(limits.slow()) > 0) {
            return Optional.of(
                    "no task executor has lived for " + seconds(alone) + "; start it again");
        }
        Duration still = Duration.between(moved, now);
        String none = "no checkpoint was complete for " + seconds(still);
        if (still.compareTo(limits.stuck()) > 0) {
            return Optional.of(none + "; the log may tell more");
        }
        if (still.compareTo(limits.slow()) > 0 && up) {
            health.warn(Concern.PROGRESS, "the job stands still: " + none);
        } else {
            health.clear(Concern.PROGRESS);
        }
        return Optional.empty();
    }

    /** A line when something goes wrong, and one when it is right again. */
    private void tellWarnings() {
        Map<Concern, JobHealth.Warning> now = new EnumMap<>(Concern.class);
        health.warnings().stream()
                // They have lines of their own, with every so many.
                .filter(warning -> warning.concern() != Concern.CHECKPOINTS)
                .forEach(warning -> now.put(warning.concern(), warning));
        now.forEach(
                (concern, warning) -> {
                    JobHealth.Warning known = told.get(concern);
                    if (known == null || !known.since().equals(warning.since())) {
                        terminal.accept("Warning: " + warning.text());
                    }
                });
        told.forEach(
                (concern, warning) -> {
                    if (!now.containsKey(concern)) {
                        Duration lasted = Duration.between(warning.since(), clock.instant());
                        terminal.accept(
                                "Right again after " + seconds(lasted) + ": " + warning.text());
                    }
                });
        told.clear();
        told.putAll(now);
    }

    private static String seconds(Duration duration) {
        return StrictYaml.word(Duration.ofSeconds(duration.toSeconds()));
    }
}
