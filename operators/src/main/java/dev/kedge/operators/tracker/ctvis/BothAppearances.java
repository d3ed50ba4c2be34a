// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;

/**
 * Compares by the learned embedding and by the one that came in: the mean of both cosines. Learning
 * stretches and shrinks cosines more than it changes their order, so that a threshold that fitted
 * what came in would fit no longer; the learned ones are therefore put on the scale of the others,
 * by the line that leads the mean of matched pairs and that of all other pairs so far to theirs.
 *
 * <p>Part of a model's state, and what it has learned of its streams together. Not thread-safe.
 */
final class BothAppearances {
    private static final int VERSION = 1;
    private static final String PART = "appearances";

    /** Matched detections before which both are taken to be on one scale, as they begin. */
    private static final double LEAST = 100;

    /** A line that is steeper is no scale any more: the learned one tells nobody from anybody. */
    private static final double STEEPEST = 100;

    private final Separation learned = new Separation();
    private final Separation given = new Separation();
    private final Part part = Part.onceTouched(PART);
    private double[] mixed = {};

    /** Goes on with what was flushed, or begins. */
    static BothAppearances restored(PartStore store) {
        BothAppearances both = new BothAppearances();
        both.part.restore(store, both::read);
        return both;
    }

    /**
     * Mixes the cosines of a frame.
     *
     * @param byGiven as many as {@code count}; not a number where an instance's is not known
     * @return the mixed ones and more, valid until the next call; may be changed
     */
    double[] mix(double[] byLearned, double[] byGiven, int count) {
        if (mixed.length < count) {
            mixed = new double[2 * count];
        }
        double slope = slope();
        double shift = slope == 1 ? 0 : given.other() - slope * learned.other();
        for (int k = 0; k < count; k++) {
            double scaled = shift + slope * byLearned[k];
            mixed[k] = Double.isNaN(byGiven[k]) ? scaled : (scaled + byGiven[k]) / 2;
        }
        return mixed;
    }

    private double slope() {
        if (learned.seen() < LEAST || given.seen() < LEAST) {
            return 1;
        }
        double slope = (given.same() - given.other()) / (learned.same() - learned.other());
        return slope > 0 && slope <= STEEPEST ? slope : 1;
    }

    /**
     * Learns from a frame that was matched.
     *
     * @param byLearned rows x columns
     * @param byGiven likewise
     * @param chosen each row's column, or less than 0
     */
    void see(double[] byLearned, double[] byGiven, int[] chosen, int columns) {
        learned.see(byLearned, chosen, columns);
        given.see(byGiven, chosen, columns);
        part.touch();
    }

    /** Writes what changed. */
    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64);
        learned.write(out);
        given.write(out);
        return Envelope.seal(Family.APPEARANCES, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.APPEARANCES, VERSION);
        learned.read(in);
        given.read(in);
        in.requireEnd();
    }
}
