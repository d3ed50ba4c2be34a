// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks again and again until there is something to see.
 *
 * @param clock says when it has lasted too long
 * @param pause between two looks
 */
public record Waiting(Clock clock, Duration pause) {
    /** As people wait. */
    public static final Waiting USUAL = new Waiting(Clock.systemUTC(), Duration.ofMillis(300));

    /**
     * Waits.
     *
     * @param longest how long at most
     * @param look empty while there is nothing to see
     * @return what was seen; empty if it took too long
     * @throws ClusterException if it is interrupted
     */
    public <T> Optional<T> until(Duration longest, Supplier<Optional<T>> look) {
        Instant end = clock.instant().plus(longest);
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent() || !clock.instant().isBefore(end)) {
                return seen;
            }
            pauseOnce();
        }
    }

    private void pauseOnce() {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
    }
}
