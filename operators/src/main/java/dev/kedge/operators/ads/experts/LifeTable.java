// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * A life table in the columns of the hazards: how many creatives entered each, and how many of them
 * were stopped in it. Its hazard is the mean of a beta distribution that begins at a base hazard
 * worth two creatives, {@code (stopped + 2 base) / (entered + 2)}: Kaplan-Meier in discrete time
 * once much was seen.
 */
final class LifeTable {
    private static final double PRIOR = 2;

    private final double base;
    private final double[] entered;
    private final double[] stopped;

    LifeTable(int columns, double base) {
        this.base = base;
        entered = new double[columns];
        stopped = new double[columns];
    }

    double hazard(int column) {
        return (stopped[column] + PRIOR * base) / (entered[column] + PRIOR);
    }

    void learn(int column, boolean stop, double weight) {
        entered[column] += weight;
        stopped[column] += stop ? weight : 0;
    }

    void write(BinaryWriter out) {
        out.putDoubles(entered);
        out.putDoubles(stopped);
    }

    /** Reads back; more columns than were written begin at the base. */
    void read(BinaryReader in) {
        copy(in.getDoubles(), entered);
        copy(in.getDoubles(), stopped);
    }

    /** Copies what fits. */
    static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, Math.min(from.length, to.length));
    }
}
