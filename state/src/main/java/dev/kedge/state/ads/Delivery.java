// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.Arrays;

/**
 * What a creative has earned so far in one spell, as far as it was reported. Bounded: totals and
 * the newest seven periods.
 */
public final class Delivery {
    /** Reporting periods that are kept one by one. */
    public static final int RECENT = 7;

    /** Prior impressions behind the smoothed rate from which the peak is taken. */
    private static final double PEAK_PRIOR = 100;

    private long impressions;
    private long clicks;
    private long conversions;
    private double spend;
    private int lastPeriod = -1;
    private long lastAt;
    private double peakRate;
    private int peakPeriod = -1;
    private final int[] recentPeriod = new int[RECENT];
    private final long[] recentImpressions = new long[RECENT];
    private final long[] recentClicks = new long[RECENT];
    private final long[] recentConversions = new long[RECENT];
    private final double[] recentSpend = new double[RECENT];

    /** Starts with nothing reported. */
    public Delivery() {
        Arrays.fill(recentPeriod, -1);
    }

    /** Adds one reported period. Periods may come out of order; each must come once. */
    public void add(int period, long at, long shown, long clicked, long converted, double spent) {
        impressions = sum(impressions, shown);
        clicks = sum(clicks, clicked);
        conversions = sum(conversions, converted);
        spend = Math.min(Double.MAX_VALUE, spend + spent);
        lastPeriod = Math.max(lastPeriod, period);
        lastAt = Math.max(lastAt, at);
        int slot = period % RECENT;
        if (period >= recentPeriod[slot]) {
            recentPeriod[slot] = period;
            recentImpressions[slot] = shown;
            recentClicks[slot] = clicked;
            recentConversions[slot] = converted;
            recentSpend[slot] = spent;
        }
        double rate = clicked / (shown + PEAK_PRIOR);
        if (rate > peakRate) {
            peakRate = rate;
            peakPeriod = period;
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
        System.arraycopy(other.recentPeriod, 0, recentPeriod, 0, RECENT);
        System.arraycopy(other.recentImpressions, 0, recentImpressions, 0, RECENT);
        System.arraycopy(other.recentClicks, 0, recentClicks, 0, RECENT);
        System.arraycopy(other.recentConversions, 0, recentConversions, 0, RECENT);
        System.arraycopy(other.recentSpend, 0, recentSpend, 0, RECENT);
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
        return period >= 0 && recentPeriod[period % RECENT] == period;
    }

    /** Impressions of a period that {@link #knows} accepts, else 0. */
    public long impressions(int period) {
        return knows(period) ? recentImpressions[period % RECENT] : 0;
    }

    /** Clicks of a period that {@link #knows} accepts, else 0. */
    public long clicks(int period) {
        return knows(period) ? recentClicks[period % RECENT] : 0;
    }

    /** Conversions of a period that {@link #knows} accepts, else 0. */
    public long conversions(int period) {
        return knows(period) ? recentConversions[period % RECENT] : 0;
    }

    /** Spend of a period that {@link #knows} accepts, else 0. */
    public double spend(int period) {
        return knows(period) ? recentSpend[period % RECENT] : 0;
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
        for (int i = 0; i < RECENT; i++) {
            out.putInt(recentPeriod[i]);
            out.putLong(recentImpressions[i]);
            out.putLong(recentClicks[i]);
            out.putLong(recentConversions[i]);
            out.putDouble(recentSpend[i]);
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
        for (int i = 0; i < RECENT; i++) {
            recentPeriod[i] = in.getInt();
            recentImpressions[i] = in.getLong();
            recentClicks[i] = in.getLong();
            recentConversions[i] = in.getLong();
            recentSpend[i] = in.getDouble();
        }
    }
}
