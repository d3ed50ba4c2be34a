// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How the job is, as whoever runs it last said. Thread-safe. */
public final class JobHealth {
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

    /** What may go wrong while a job runs, and may become right again by itself. */
    public enum Concern {
        /** No broker answers. */
        BROKER,
        /** A topic is not what it was. */
        TOPICS,
        /** Records come and none is read. */
        INPUT,
        /** Checkpoints fail. */
        CHECKPOINTS,
        /** Nothing moves. */
        PROGRESS
    }

    /**
     * Something that is wrong now.
     *
     * @param concern what it is about
     * @param since since when, by the wall clock
     * @param text what, in one line
     */
    public record Warning(Concern concern, Instant since, String text) {}

    /**
     * How often the job was restarted in this run.
     *
     * @param count how often
     * @param last when it was last, by the wall clock
     * @param reason why it was last, in one line; may be empty
     */
    public record Restarts(long count, Optional<Instant> last, String reason) {
        /** None yet. */
        public static final Restarts NONE = new Restarts(0, Optional.empty(), "");
    }

    /**
     * How the job is at one moment.
     *
     * @param state what it is
     * @param since since when, by the wall clock
     * @param lastEvent when the newest score came, by the wall clock
     * @param message more in words; may be empty
     * @param stale whether it runs and something is wrong, or has scored before and is silent
     *     although records wait or for longer than is its way
     * @param measures what was measured last
     * @param restarts how often it was restarted
     * @param warnings what is wrong now
     */
    public record Status(
            State state,
            Instant since,
            Optional<Instant> lastEvent,
            String message,
            boolean stale,
            Measures measures,
            Restarts restarts,
            List<Warning> warnings) {}

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
    private final Map<Concern, Warning> warnings = new EnumMap<>(Concern.class);
    private final Rhythm rhythm = new Rhythm();
    private volatile Word word;
    private volatile Measures measures = Measures.NONE;
    private volatile Restarts restarts = Restarts.NONE;

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
        synchronized (rhythm) {
            rhythm.measured(now, clock.instant());
        }
    }

    /** Says that the job failed and will be restarted. */
    public synchronized void restarted(Instant at, String reason) {
        restarts = new Restarts(restarts.count() + 1, Optional.of(at), reason);
    }

    /** Says that something is wrong; since when is kept while it stays so. */
    public void warn(Concern concern, String text) {
        synchronized (warnings) {
            Warning before = warnings.get(concern);
            Instant since = before == null ? clock.instant() : before.since();
            warnings.put(concern, new Warning(concern, since, text));
        }
    }

    /** Says that something is right again. */
    public void clear(Concern concern) {
        synchronized (warnings) {
            warnings.remove(concern);
        }
    }

    /** What is wrong now. */
    public List<Warning> warnings() {
        synchronized (warnings) {
            return List.copyOf(warnings.values());
        }
    }

    /** Whether something of a kind is wrong now. */
    public boolean warns(Concern concern) {
        synchronized (warnings) {
            return warnings.containsKey(concern);
        }
    }

    /** How the job is, given when its newest score came. */
    public Status status(Optional<Instant> lastEvent) {
        Word now = word;
        List<Warning> wrong = warnings();
        boolean silent = silent(now.since(), lastEvent);
        boolean stale = now.state() == State.RUNNING && (!wrong.isEmpty() || silent);
        return new Status(
                now.state(),
                now.since(),
                lastEvent,
                now.message(),
                stale,
                measures,
                restarts,
                wrong);
    }

    private boolean silent(Instant since, Optional<Instant> lastEvent) {
        Instant now = clock.instant();
        synchronized (rhythm) {
            lastEvent.ifPresent(rhythm::heard);
            return lastEvent.isPresent()
                    && since.isBefore(now.minus(Rhythm.LEAST))
                    && rhythm.isBroken(now);
        }
    }
}
