// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.operators.ads.creative.ModelMetrics.Coverage;
import dev.kedge.state.ads.ForetoldInterval;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * What is known of the intervals that are said on one occasion, at launches or later: where the
 * ends lie, at which level each is cut, and how often it held.
 *
 * <p>An interval has an upper end if so few creatives outlive the span that intervals look ahead
 * that the upper end's share of failures reaches there. Then each end is to fail as often as the
 * other. An interval without one leaves all failures to its lower end.
 */
final class Situation {
    private final int minimum;
    private final double level;
    private final ResidualTable table;
    private final TailLevel lower;
    private final TailLevel upper;
    private final TailLevel alone;
    private final Tally tally;
    private long outcomes;

    Situation(IntervalSettings settings) {
        double failures = 1 - settings.level();
        minimum = settings.minimumOutcomes();
        level = settings.level();
        table = new ResidualTable(settings.memory());
        lower = new TailLevel(failures / 2, settings.rate(), settings.groups());
        upper = new TailLevel(failures / 2, settings.rate(), settings.groups());
        alone = new TailLevel(failures, settings.rate(), settings.groups());
        tally = new Tally(settings.memory(), settings.groups());
    }

    /** Whether enough outcomes are known to say anything. */
    boolean knows() {
        return outcomes >= minimum;
    }

    /** The residual of the upper end, for a group. */
    double highest(int group) {
        return table.residual(-Math.log(upper.level(group)));
    }

    /** The residual of the lower end, for a group. */
    double lowest(int group, boolean open) {
        TailLevel end = open ? alone : lower;
        return table.residual(-Math.log1p(-end.level(group)));
    }

    /** A creative outlived a stretch of what was foretold. */
    void outlive(double from, double to) {
        table.outlive(from, to);
    }

    /** A creative stopped where this much had been foretold. */
    void stop(double residual) {
        table.stop(residual);
    }

    /**
     * The fate of one more creative is known: it stopped, or ran for as long as is looked ahead.
     */
    void count() {
        outcomes++;
    }

    /** Learns whether the creative was stopped before the lower end. */
    void judgeLow(ForetoldInterval told, int group, boolean failed) {
        believeLow(told, group, failed ? 1 : 0);
    }

    /**
     * Learns that a creative runs which has not reached the lower end.
     *
     * @param done share of the cumulative hazard until there that it outlived
     */
    void nearLow(ForetoldInterval told, int group, double done) {
        believeLow(told, group, low(told).failsEarly(done));
    }

    private void believeLow(ForetoldInterval told, int group, double failure) {
        TailLevel end = low(told);
        end.learn(group, told.believeLow(failure - end.target()));
    }

    private TailLevel low(ForetoldInterval told) {
        return told.isOpen() ? alone : lower;
    }

    /** Learns whether the creative outlived the upper end. */
    void judgeHigh(ForetoldInterval told, int group, boolean failed) {
        believeHigh(told, group, failed ? 1 : 0);
    }

    /** Learns that a creative runs which has not reached the upper end, as {@link #nearLow}. */
    void nearHigh(ForetoldInterval told, int group, double done) {
        believeHigh(told, group, upper.failsLate(done));
    }

    private void believeHigh(ForetoldInterval told, int group, double failure) {
        upper.learn(group, told.believeHigh(failure - upper.target()));
    }

    /** An interval is judged: -1 where the creative stopped before it, 1 after it, 0 in it. */
    void judged(ForetoldInterval told, int group, int side) {
        tally.judge(group, side, told.isOpen());
    }

    Coverage coverage(String said) {
        return tally.coverage(said, level);
    }

    void write(BinaryWriter out) {
        out.putLong(outcomes);
        table.write(out);
        lower.write(out);
        upper.write(out);
        alone.write(out);
        tally.write(out);
    }

    /**
     * Reads back.
     *
     * @param sameLevel whether what is counted was said with the level of today; if not, the count
     *     of what held begins anew
     */
    void read(BinaryReader in, boolean sameLevel) {
        outcomes = in.getLong();
        table.read(in);
        lower.read(in);
        upper.read(in);
        alone.read(in);
        tally.read(in, sameLevel);
    }
}
