// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.Optional;

/**
 * The intervals that were foretold of a running creative and are judged by what becomes of it: one
 * at its launch, and one later. Part of a {@link LedgerEntry}.
 */
public final class IntervalForecasts {
    private static final Occasion[] OCCASIONS = Occasion.values();

    private final ForetoldInterval[] waiting = new ForetoldInterval[OCCASIONS.length];
    private final boolean[] noted = new boolean[OCCASIONS.length];

    /** When something is foretold that will be judged. */
    public enum Occasion {
        /** At the launch. */
        LAUNCH(0),
        /** Once in its life after that. */
        LATER(1);

        private final int place;

        Occasion(int place) {
            this.place = place;
        }

        /** Its place among all of them, in which it is stored. */
        public int place() {
            return place;
        }
    }

    /** Whether nothing was foretold in this spell. */
    public boolean isEmpty() {
        for (boolean one : noted) {
            if (one) {
                return false;
            }
        }
        return true;
    }

    /** Whether an interval was foretold on an occasion of this spell, judged or not. */
    public boolean isNoted(Occasion occasion) {
        return noted[occasion.place()];
    }

    /** What was foretold and is not fully judged yet. */
    public Optional<ForetoldInterval> waiting(Occasion occasion) {
        return Optional.ofNullable(waiting[occasion.place()]);
    }

    /** Remembers what is foretold. */
    public void note(Occasion occasion, ForetoldInterval foretold) {
        waiting[occasion.place()] = foretold;
        noted[occasion.place()] = true;
    }

    /** It is judged: nothing waits any more. */
    public void judged(Occasion occasion) {
        waiting[occasion.place()] = null;
    }

    /** Nothing is foretold any more, and nothing was. */
    void clear() {
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = null;
            noted[i] = false;
        }
    }

    /** Heap bytes, roughly. */
    long bytes() {
        long bytes = 80;
        for (ForetoldInterval one : waiting) {
            bytes += one == null ? 0 : one.bytes();
        }
        return bytes;
    }

    /** Writes what {@link #read} reads. */
    void write(BinaryWriter out) {
        for (int i = 0; i < waiting.length; i++) {
            out.putBoolean(noted[i]);
            out.putBoolean(waiting[i] != null);
            if (waiting[i] != null) {
                waiting[i].write(out);
            }
        }
    }

    /**
     * Reads back.
     *
     * @param believed whether what is held of the ends of intervals is there
     */
    void read(BinaryReader in, boolean believed) {
        for (int i = 0; i < waiting.length; i++) {
            noted[i] = in.getBoolean();
            waiting[i] = in.getBoolean() ? ForetoldInterval.read(in, believed) : null;
        }
    }
}
