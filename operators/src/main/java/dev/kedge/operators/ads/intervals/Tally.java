// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.operators.ads.creative.ModelMetrics.Coverage;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.Arrays;

/** How often intervals held, each as it was told; older ones count less. */
final class Tally {
    /** Intervals of a group below which its share says nothing. */
    private static final double ENOUGH = 20;

    private final double keep;
    private final double[] seen;
    private final double[] held;
    private double open;
    private double below;
    private double above;
    private long judged;

    Tally(double memory, int groups) {
        this.keep = Math.exp(-1 / memory);
        this.seen = new double[groups];
        this.held = new double[groups];
    }

    /**
     * Judges an interval.
     *
     * @param side -1 where the creative stopped before it, 1 after it, 0 in it
     */
    void judge(int group, int side, boolean wasOpen) {
        for (int i = 0; i < seen.length; i++) {
            seen[i] *= keep;
            held[i] *= keep;
        }
        seen[group]++;
        held[group] += side == 0 ? 1 : 0;
        below = keep * below + (side < 0 ? 1 : 0);
        above = keep * above + (side > 0 ? 1 : 0);
        open = keep * open + (wasOpen ? 1 : 0);
        judged++;
    }

    Coverage coverage(String said, double level) {
        double all = Arrays.stream(seen).sum();
        double lowest = Double.NaN;
        double highest = Double.NaN;
        for (int i = 0; i < seen.length; i++) {
            if (seen[i] >= ENOUGH) {
                double share = held[i] / seen[i];
                lowest = Double.isNaN(lowest) ? share : Math.min(lowest, share);
                highest = Double.isNaN(highest) ? share : Math.max(highest, share);
            }
        }
        return new Coverage(
                said,
                level,
                judged,
                Arrays.stream(held).sum() / all,
                below / all,
                above / all,
                open / all,
                lowest,
                highest);
    }

    void write(BinaryWriter out) {
        out.putLong(judged);
        out.putDouble(below);
        out.putDouble(above);
        out.putDouble(open);
        out.putDoubles(seen);
        out.putDoubles(held);
    }

    /**
     * Reads back. It is a measurement and no knowledge: where there were other groups, or it is of
     * something else, it begins anew.
     */
    void read(BinaryReader in, boolean ofThis) {
        long count = in.getLong();
        double early = in.getDouble();
        double late = in.getDouble();
        double endless = in.getDouble();
        double[] ofSeen = in.getDoubles();
        double[] ofHeld = in.getDoubles(ofSeen.length);
        if (ofThis && ofSeen.length == seen.length) {
            judged = count;
            below = early;
            above = late;
            open = endless;
            System.arraycopy(ofSeen, 0, seen, 0, seen.length);
            System.arraycopy(ofHeld, 0, held, 0, held.length);
        }
    }
}
