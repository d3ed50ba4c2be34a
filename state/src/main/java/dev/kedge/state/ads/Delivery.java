// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * What a creative has earned so far in one spell, as far as it was reported. Bounded: totals and
 * the newest seven periods.
 */
public final class Delivery {
    /** Reporting periods that are kept one by one. */
    public static final int RECENT = 7;

    /** Prior impressions behind the smoothed rate from which the peak is taken. */
    private static final double PEAK_PRIOR = 100;

    /** A recent period: its number, impressions, clicks, conversions, bits of the spend. */
    private static final int FIELDS = 5;

    /** Shared by all that have nothing reported, never written to. */
    private static final long[] NOTHING = nothing();

    private long impressions;
    private long clicks;
    private long conversions;
    private double spend;
    private int lastPeriod = -1;
    private long lastAt;
    private double peakRate;
    private int peakPeriod = -1;
    private long[] recent = NOTHING;

    private static long[] nothing() {
        long[] nothing = new long[RECENT * FIELDS];
        for (int slot = 0; slot < RECENT; slot++) {
            nothing[slot * FIELDS] = -1;
        }
        return nothing;
    }

    /** Adds one reported period. Periods may come out of order; each must come once. */
    public void add(int period, long at, long shown, long clicked, long converted, double spent) {
        impressions = sum(impressions, shown);
        clicks = sum(clicks, clicked);
        conversions = sum(conversions, converted);
        spend = Math.min(Double.MAX_VALUE, spend + spent);
        lastPeriod = Math.max(lastPeriod, period);
        lastAt = Math.max(lastAt, at);
        int slot = slot(period);
        if (period >= recent[slot]) {
            own();
            recent[slot] = period;
            recent[slot + 1] = shown;
            recent[slot + 2] = clicked;
            recent[slot + 3] = converted;
            recent[slot + 4] = Double.doubleToRawLongBits(spent);
        }
        double rate = clicked / (shown + PEAK_PRIOR);
        if (rate > peakRate) {
            peakRate = rate;
            peakPeriod = period;
        }
    }

    private static int slot(int period) {
        return period % RECENT * FIELDS;
    }

    private void own() {
        if (recent == NOTHING) {
            recent = NOTHING.clone();
        }
    }

    /** A sum that stops at the largest number: a negative count would become NaN in a logarithm. */
    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Takes over everything from another. */
    public void copyFrom(Delivery other) {
        impressions = other.impressions;
        clicks = other.clicks;
        conversions = other.conversions;
        spend = other.spend;
        lastPeriod = other.lastPeriod;
        lastAt = other.lastAt;
        peakRate = other.peakRate;
        peakPeriod = other.peakPeriod;
        if (other.recent == NOTHING) {
            recent = NOTHING;
        } else {
            own();
            System.arraycopy(other.recent, 0, recent, 0, recent.length);
        }
    }

    /** Impressions in total. */
    public long impressions() {
        return impressions;
    }

    /** Clicks in total. */
    public long clicks() {
        return clicks;
    }

    /** Conversions in total. */
    public long conversions() {
        return conversions;
    }

    /** Money spent in total. */
    public double spend() {
        return spend;
    }

    /** Newest reported period, -1 if none. */
    public int lastPeriod() {
        return lastPeriod;
    }

    /** Event time of the newest report, 0 if none. */
    public long lastAt() {
        return lastAt;
    }

    /** Highest smoothed click-through rate of a single period. */
    public double peakRate() {
        return peakRate;
    }

    /** Period of that rate, -1 if there were no clicks. */
    public int peakPeriod() {
        return peakPeriod;
    }

    /** Whether {@code period} is one of the recent ones and was reported. */
    public boolean knows(int period) {
        return period >= 0 && recent[slot(period)] == period;
    }

    /** Impressions of a period that {@link #knows} accepts, else 0. */
    public long impressions(int period) {
        return knows(period) ? recent[slot(period) + 1] : 0;
    }

    /** Clicks of a period that {@link #knows} accepts, else 0. */
    public long clicks(int period) {
        return knows(period) ? recent[slot(period) + 2] : 0;
    }

    /** Conversions of a period that {@link #knows} accepts, else 0. */
    public long conversions(int period) {
        return knows(period) ? recent[slot(period) + 3] : 0;
    }

    /** Spend of a period that {@link #knows} accepts, else 0. */
    public double spend(int period) {
        return knows(period) ? Double.longBitsToDouble(recent[slot(period) + 4]) : 0;
    }

    void write(BinaryWriter out) {
        out.putLong(impressions);
        out.putLong(clicks);
        out.putLong(conversions);
        out.putDouble(spend);
        out.putInt(lastPeriod);
        out.putLong(lastAt);
        out.putDouble(peakRate);
        out.putInt(peakPeriod);
        for (int slot = 0; slot < recent.length; slot += FIELDS) {
            out.putInt((int) recent[slot]);
            for (int field = 1; field < FIELDS; field++) {
                out.putLong(recent[slot + field]);
            }
        }
    }

    void read(BinaryReader in) {
        impressions = in.getLong();
        clicks = in.getLong();
        conversions = in.getLong();
        spend = in.getDouble();
        lastPeriod = in.getInt();
        lastAt = in.getLong();
        peakRate = in.getDouble();
        peakPeriod = in.getInt();
        if (lastPeriod < 0) {
            skipNothing(in);
            return;
        }
        own();
        for (int slot = 0; slot < recent.length; slot += FIELDS) {
            recent[slot] = in.getInt();
            for (int field = 1; field < FIELDS; field++) {
                recent[slot + field] = in.getLong();
            }
        }
    }

    private static void skipNothing(BinaryReader in) {
        for (int slot = 0; slot < RECENT; slot++) {
            in.getInt();
            for (int field = 1; field < FIELDS; field++) {
                in.getLong();
            }
        }
    }
}
