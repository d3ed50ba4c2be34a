// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/** How many of the newest answers were right. */
final class HitWindow {
    private final byte[] hits;
    private long count;
    private int right;
    private double best = Double.NaN;

    HitWindow(int length) {
        hits = new byte[length];
    }

    void add(boolean hit) {
        int slot = (int) (count++ % hits.length);
        right += (hit ? 1 : 0) - hits[slot];
        hits[slot] = (byte) (hit ? 1 : 0);
        if (count >= hits.length && !(accuracy() <= best)) {
            best = accuracy();
        }
    }

    /** All answers, those that left the window too. */
    long count() {
        return count;
    }

    /** Share of right answers; NaN without any. */
    double accuracy() {
        return count == 0 ? Double.NaN : (double) right / Math.min(count, hits.length);
    }

    /** The best share since the window was full for the first time; NaN before. */
    double best() {
        return best;
    }

    long bytes() {
        return 64L + hits.length;
    }

    void write(BinaryWriter out) {
        out.putLong(count);
        out.putDouble(best);
        out.putBytes(hits);
    }

    /**
     * Reads back what {@link #write} wrote; a window of another length starts anew, for it is a
     * measurement and no knowledge.
     */
    static HitWindow read(BinaryReader in, int length) {
        HitWindow window = new HitWindow(length);
        long count = in.getLong();
        double best = in.getDouble();
        byte[] hits = in.getBytes();
        if (hits.length == length) {
            window.count = count;
            window.best = best;
            System.arraycopy(hits, 0, window.hits, 0, length);
            for (byte hit : hits) {
                window.right += hit;
            }
        }
        return window;
    }
}
