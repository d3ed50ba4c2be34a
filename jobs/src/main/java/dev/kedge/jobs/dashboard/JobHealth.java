// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** How the job is, as whoever runs it last said. Thread-safe. */
public final class JobHealth {
    /** A running job without a new score for so long is stale. */
    public static final Duration STALE_AFTER = Duration.ofSeconds(15);

    /** What a job can be. */
    public enum State {
        /** Not running yet. */
        STARTING,
        /** Running. */
        RUNNING,
        /** Failed and about to run again. */
        RESTARTING,
        /** Failed for good. */
        FAILED,
        /** Through with a bounded input, or cancelled. */
        FINISHED
    }

    /**
     * How the job is at one moment.
     *
     * @param state what it is
     * @param since since when, by the wall clock
     * @param lastEvent when the newest score came, by the wall clock
     * @param message more in words; may be empty
     * @param stale whether it runs, has scored before and is silent for too long
     * @param measures what was measured last
     */
    public record Status(
            State state,
            Instant since,
            Optional<Instant> lastEvent,
            String message,
            boolean stale,
            Measures measures) {}

    /**
     * What is measured from outside of the job. Empty is what is not known.
     *
     * @param checkpoint when the newest checkpoint was complete, by the wall clock
     * @param inputLag records of the input topics that were not read yet at that checkpoint
     */
    public record Measures(Optional<Instant> checkpoint, OptionalLong inputLag) {
        /** Nothing measured yet. */
        public static final Measures NONE = new Measures(Optional.empty(), OptionalLong.empty());
    }

    private record Word(State state, Instant since, String message) {}

    private final Clock clock;
    private volatile Word word;
    private volatile Measures measures = Measures.NONE;

    /** A job that is starting. */
    public JobHealth(Clock clock) {
        this.clock = clock;
        this.word = new Word(State.STARTING, clock.instant(), "");
    }

    /** Says that the job is in a state now. */
    public void become(State state) {
        become(state, "");
    }

    /** Says that the job is in a state now, and why. */
    public synchronized void become(State state, String message) {
        boolean same = word.state() == state;
        word = new Word(state, same ? word.since() : clock.instant(), message);
    }

    /** Says what was measured. */
    public void measured(Measures now) {
        measures = now;
    }

    /** How the job is, given when its newest score came. */
    public Status status(Optional<Instant> lastEvent) {
        Word now = word;
        boolean stale = now.state() == State.RUNNING && silent(now.since(), lastEvent);
        return new Status(now.state(), now.since(), lastEvent, now.message(), stale, measures);
    }

    private boolean silent(Instant since, Optional<Instant> lastEvent) {
        Instant limit = clock.instant().minus(STALE_AFTER);
        return lastEvent.isPresent() && lastEvent.get().isBefore(limit) && since.isBefore(limit);
    }
}
