// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.Arrays;

/**
 * What the creatives of one advertiser, or of one campaign, did. Creatives that are stopped
 * together were stopped by one decision: of those that close the same column on the same day, the
 * one after n others counts {@code 1 / sqrt(1 + n)}.
 */
final class Effect {
    private final float[] entered;
    private final float[] stopped;
    private final int[] today;
    private long day = Long.MIN_VALUE;
    private double expected;
    private double stops;
    private double logDays;
    private double durations;

    /** Nothing was seen. */
    Effect(int columns) {
        entered = new float[columns];
        stopped = new float[columns];
        today = new int[columns + 1];
    }

    /** Weight of the next creative that closes a column on a day. */
    double weigh(int column, long onDay) {
        if (onDay != day) {
            day = onDay;
            Arrays.fill(today, 0);
        }
        return 1 / Math.sqrt(1.0 + today[column]++);
    }

    /** Weight of the next creative that is stopped on a day. */
    double weighStop(long onDay) {
        return weigh(today.length - 1, onDay);
    }

    /**
     * Hazard of a beta distribution whose mean begins at that of what contains this.
     *
     * @param above hazard of what contains this
     * @param strength creatives that it is worth
     */
    double hazard(int column, double above, double strength) {
        return (stopped[column] + strength * above) / (entered[column] + strength);
    }

    /**
     * How much quicker its creatives stop than was expected: the mean of a gamma distribution that
     * begins at 1.
     *
     * @param strength stops that the beginning is worth
     */
    double pace(double strength) {
        return (stops + strength) / (expected + strength);
    }

    /**
     * Mean of log(1 + days) of those that were stopped, drawn to another mean.
     *
     * @param above mean of what contains this
     * @param strength stops that it is worth
     */
    double meanLogDays(double above, double strength) {
        return (logDays + strength * above) / (durations + strength);
    }

    /**
     * Learns from a closed column.
     *
     * @param cumulative cumulative hazard that was expected of it
     */
    void learn(int column, boolean stop, double weight, double cumulative) {
        entered[column] += (float) weight;
        expected += weight * cumulative;
        if (stop) {
            stopped[column] += (float) weight;
            stops += weight;
        }
    }

    /** Learns how long a creative ran that was stopped. */
    void ended(double logDay, double weight) {
        logDays += weight * logDay;
        durations += weight;
    }

    void write(BinaryWriter out) {
        out.putFloats(entered);
        out.putFloats(stopped);
        out.putInts(today);
        out.putLong(day);
        out.putDouble(expected);
        out.putDouble(stops);
        out.putDouble(logDays);
        out.putDouble(durations);
    }

    /** Reads back; more columns than were written begin at nothing. */
    static Effect read(BinaryReader in, int columns) {
        Effect effect = new Effect(columns);
        copy(in.getFloats(), effect.entered);
        copy(in.getFloats(), effect.stopped);
        int[] today = in.getInts();
        effect.day = in.getLong();
        if (today.length == effect.today.length) {
            System.arraycopy(today, 0, effect.today, 0, today.length);
        }
        effect.expected = in.getDouble();
        effect.stops = in.getDouble();
        effect.logDays = in.getDouble();
        effect.durations = in.getDouble();
        return effect;
    }

    private static void copy(float[] from, float[] to) {
        System.arraycopy(from, 0, to, 0, Math.min(from.length, to.length));
    }
}
