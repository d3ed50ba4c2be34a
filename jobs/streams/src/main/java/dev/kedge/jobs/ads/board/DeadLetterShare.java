// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Share of dead letters among what a job wrote in the last ten minutes. Not thread-safe. */
final class DeadLetterShare {
    static final Duration WINDOW = Duration.ofMinutes(10);
    static final long LEAST = 20;

    private final Clock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, ScoreBoard.Written written) {}

    DeadLetterShare(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes a count.
     *
     * @param now what the job wrote so far
     * @return NaN if it wrote little since the beginning of the window
     */
    double next(ScoreBoard.Written now) {
        Instant at = clock.instant();
        samples.addLast(new Sample(at, now));
        while (samples.getFirst().at().isBefore(at.minus(WINDOW))) {
            samples.removeFirst();
        }
        ScoreBoard.Written before = samples.getFirst().written();
        long dead = now.deadLetters() - before.deadLetters();
        long all = dead + now.scores() - before.scores();
        return all < LEAST ? Double.NaN : (double) dead / all;
    }
}
