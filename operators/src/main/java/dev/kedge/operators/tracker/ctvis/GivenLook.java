// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;

/** The average of the embeddings that one instance came with. Not thread-safe. */
final class GivenLook {
    /** Weight of a new embedding, as in BoT-SORT (Aharon et al. 2022). */
    static final double MOMENTUM = 0.1;

    private static final int VERSION = 1;

    private final long id;
    private final double[] average;

    private GivenLook(long id, double[] average) {
        this.id = id;
        this.average = average;
    }

    /** As it is first seen. */
    static GivenLook of(long id, double[] rows, int from, int width) {
        double[] average = new double[width];
        System.arraycopy(rows, from, average, 0, width);
        return new GivenLook(id, average);
    }

    /** Number of the instance. */
    long id() {
        return id;
    }

    /** Takes a sighting. */
    void see(double[] rows, int from) {
        for (int k = 0; k < average.length; k++) {
            average[k] = (1 - MOMENTUM) * average[k] + MOMENTUM * rows[from + k];
        }
    }

    /** Cosine to a row; 0 where one of them has no length. */
    double cosine(double[] rows, int from) {
        int width = average.length;
        double own = Math.sqrt(MatchScores.dot(average, 0, average, 0, width));
        double others = Math.sqrt(MatchScores.dot(rows, from, rows, from, width));
        double both = own * others;
        return both == 0 ? 0 : MatchScores.dot(average, 0, rows, from, width) / both;
    }

    int width() {
        return average.length;
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(16 + 8 * average.length);
        out.putLong(id);
        out.putDoubles(average);
        return Envelope.seal(Family.GIVEN_LOOK, VERSION, out);
    }

    static GivenLook fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.GIVEN_LOOK, VERSION);
        GivenLook look = new GivenLook(in.getLong(), in.getDoubles());
        in.requireEnd();
        return look;
    }
}
