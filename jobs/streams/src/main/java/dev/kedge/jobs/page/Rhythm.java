// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import dev.kedge.jobs.page.JobHealth.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Whether a job's silence is worth an alarm. A job whose statistics come once a day is silent
 * nearly all the time, and in good health: silence counts where records of the input wait for long,
 * or where it lasts several times as long as any of the last pauses. Not thread-safe.
 */
final class Rhythm {
    /** Shorter silence is none. */
    static final Duration LEAST = Duration.ofSeconds(15);

    /** What is read is known at a checkpoint: records wait if one did not change it. */
    static final Duration WAITING = Duration.ofMinutes(1);

    /** Where nothing is known of checkpoints. */
    private static final Duration WAITING_LONG = Duration.ofMinutes(15);

    private static final int SEVERAL = 3;
    private static final int PAUSES = 32;

    /** With some hours for a batch that comes late. */
    private static final Duration DAY = Duration.ofHours(26);

    private final Deque<Duration> pauses = new ArrayDeque<>();
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private Optional<Instant> waitingSince = Optional.empty();
    private Optional<Instant> checkpoint = Optional.empty();
    private long settled = Long.MAX_VALUE;

    /** Takes note of when the newest score came. */
    void heard(Instant at) {
        if (first.isEmpty()) {
            first = Optional.of(at);
        }
        last.map(before -> Duration.between(before, at))
                .filter(pause -> pause.compareTo(LEAST) > 0)
                .ifPresent(this::paused);
        if (!last.equals(Optional.of(at))) {
            last = Optional.of(at);
            waitingSince = Optional.empty();
            settled = Long.MAX_VALUE;
        }
    }

    private void paused(Duration pause) {
        if (pauses.size() == PAUSES) {
            pauses.removeFirst();
        }
        pauses.addLast(pause);
    }

    /**
     * Takes note of how many records wait. The marks that end transactions are among them and are
     * never read: what counts is that more wait than have been left since the newest score.
     */
    void measured(Measures measures, Instant at) {
        if (measures.inputLag().isEmpty()) {
            return;
        }
        checkpoint = measures.checkpoint();
        long lag = measures.inputLag().getAsLong();
        if (lag <= settled) {
            settled = lag;
            waitingSince = Optional.empty();
        } else if (waitingSince.isEmpty()) {
            waitingSince = Optional.of(at);
        }
    }

    /** Whether the silence since the newest score is worth an alarm. */
    boolean isBroken(Instant now) {
        if (last.isEmpty()) {
            return false;
        }
        Duration silence = Duration.between(last.get(), now);
        boolean waits = waitingSince.filter(at -> isKnownToWait(at, now)).isPresent();
        return silence.compareTo(LEAST) > 0 && (waits || silence.compareTo(usual()) > 0);
    }

    private boolean isKnownToWait(Instant since, Instant now) {
        Duration waited = Duration.between(since, now);
        return checkpoint.isEmpty()
                ? waited.compareTo(WAITING_LONG) > 0
                : waited.compareTo(WAITING) > 0 && checkpoint.get().isAfter(since);
    }

    /**
     * How long it may be silent. A job that caught up with its past looks busy and then waits for
     * the next day: what was seen of it for less than a day is no rhythm.
     */
    private Duration usual() {
        Duration seen = Duration.between(first.orElseThrow(), last.orElseThrow());
        Duration several = pauses.stream().reduce(LEAST, Rhythm::longer).multipliedBy(SEVERAL);
        return seen.compareTo(DAY) < 0 ? longer(several, DAY) : several;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
