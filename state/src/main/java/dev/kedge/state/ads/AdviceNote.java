// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import java.util.Arrays;

/**
 * What a creative was advised in its running spell: the last advice and since when, the first
 * advice to stop it, and when its probability first reached each of a few levels. Bounded: at most
 * {@link #MAX_LEVELS} levels. Part of a {@link LedgerEntry}.
 */
public final class AdviceNote {
    /** Most levels that are remembered. */
    public static final int MAX_LEVELS = 16;

    private static final long[] NO_TIMES = {};
    private static final double[] NO_SPENDS = {};

    private long stopAt = LedgerEntry.NEVER;
    private double stopSpend;
    private String last = "";
    private long since = LedgerEntry.NEVER;
    private long[] levelAt = NO_TIMES;
    private double[] levelSpend = NO_SPENDS;

    /** Whether it was advised to stop it. */
    public boolean stops() {
        return stopAt != LedgerEntry.NEVER;
    }

    /** Event time of the first advice to stop it, epoch milliseconds. */
    public long stopAt() {
        return stopAt;
    }

    /** What it had spent by then. */
    public double stopSpend() {
        return stopSpend;
    }

    /** Remembers the first advice to stop it. */
    public void stop(long at, double spend) {
        stopAt = at;
        stopSpend = spend;
    }

    /** Name of the last advice; empty before the first. */
    public String last() {
        return last;
    }

    /** Event time since when it is advised that, epoch milliseconds. */
    public long since() {
        return since;
    }

    /** Remembers another advice. */
    public void change(String advice, long at) {
        last = advice;
        since = at;
    }

    /** How many levels its probability reached so far. */
    public int levels() {
        return levelAt.length;
    }

    /** When it reached a level, epoch milliseconds. */
    public long levelAt(int level) {
        return levelAt[level];
    }

    /** What it had spent when it reached a level. */
    public double levelSpend(int level) {
        return levelSpend[level];
    }

    /** Remembers that it reached the next level. */
    public void reach(long at, double spend) {
        int next = levelAt.length;
        levelAt = Arrays.copyOf(levelAt, next + 1);
        levelSpend = Arrays.copyOf(levelSpend, next + 1);
        levelAt[next] = at;
        levelSpend[next] = spend;
    }

    /** Writes what {@link #read} reads; the first stop stands elsewhere, as it always did. */
    void write(BinaryWriter out) {
        out.putUtf8(last);
        out.putLong(since);
        out.putInt(levelAt.length);
        for (int i = 0; i < levelAt.length; i++) {
            out.putLong(levelAt[i]);
            out.putDouble(levelSpend[i]);
        }
    }

    /** Reads back. */
    void read(BinaryReader in) {
        // One of a few names, which all entries share.
        last = in.getUtf8().intern();
        since = in.getLong();
        int levels = in.getInt();
        if (levels < 0 || levels > MAX_LEVELS) {
            throw new DamagedSnapshotException(levels + " levels of an advice");
        }
        for (int i = 0; i < levels; i++) {
            reach(in.getLong(), in.getDouble());
        }
    }
}
