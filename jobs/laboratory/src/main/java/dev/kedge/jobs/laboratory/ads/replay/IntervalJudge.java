// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.creative.CreativeScore.RemainingDays;
import dev.kedge.operators.ads.intervals.IntervalSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Judges predictive intervals that were said at launches by what became of the creatives. One that
 * was lost from sight is judged if it had outlived the upper end by then, or the lower end of an
 * interval without an upper one; otherwise nobody knows.
 */
public final class IntervalJudge {
    /** Intervals of a group below which its share says nothing. */
    private static final int ENOUGH = 50;

    private final IntervalSettings settings;

    /**
     * A judge.
     *
     * @param settings deal advertisers into groups
     */
    public IntervalJudge(IntervalSettings settings) {
        this.settings = settings;
    }

    /**
     * What became of intervals; not a number where it is not defined.
     *
     * @param coverage share that held, of those that can be judged
     * @param lowestGroup the same of the group of advertisers where the fewest held, among groups
     *     with 50
     * @param highestGroup the same of the group where the most held
     * @param open share without an upper end, of all that were said
     * @param width median days from end to end, of those with an upper end
     */
    public record Figures(
            double coverage, double lowestGroup, double highestGroup, double open, double width) {
        /** Of those who say none. */
        static final Figures NONE =
                new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** Judges what was said of each creative; nothing was said where that is empty. */
    public Figures judge(List<CreativeLife> lives, List<Optional<RemainingDays>> said) {
        int[] seen = new int[settings.groups()];
        int[] held = new int[seen.length];
        List<RemainingDays> all = said.stream().flatMap(Optional::stream).toList();
        for (int i = 0; i < said.size(); i++) {
            CreativeLife life = lives.get(i);
            int group = settings.group(life.launched().content().advertiser());
            Optional<Boolean> holds = said.get(i).flatMap(one -> holds(one, life));
            seen[group] += holds.isPresent() ? 1 : 0;
            held[group] += holds.orElse(false) ? 1 : 0;
        }
        if (all.isEmpty()) {
            return Figures.NONE;
        }
        double[] shares = shares(seen, held);
        double[] widths =
                all.stream()
                        .filter(one -> !one.isOpen())
                        .mapToDouble(one -> one.high() - one.low())
                        .sorted()
                        .toArray();
        return new Figures(
                (double) Arrays.stream(held).sum() / Arrays.stream(seen).sum(),
                Arrays.stream(shares).min().orElse(Double.NaN),
                Arrays.stream(shares).max().orElse(Double.NaN),
                1 - (double) widths.length / all.size(),
                widths.length == 0 ? Double.NaN : widths[widths.length / 2]);
    }

    private static double[] shares(int[] seen, int[] held) {
        double[] shares = new double[seen.length];
        int count = 0;
        for (int i = 0; i < seen.length; i++) {
            if (seen[i] >= ENOUGH) {
                shares[count++] = (double) held[i] / seen[i];
            }
        }
        return Arrays.copyOf(shares, count);
    }

    /** Whether an interval holds; empty where that is not known. */
    private static Optional<Boolean> holds(RemainingDays said, CreativeLife life) {
        double days = life.days();
        if (life.stopped()) {
            return Optional.of(days >= said.low() && (said.isOpen() || days <= said.high()));
        }
        if (said.isOpen()) {
            return days >= said.low() ? Optional.of(true) : Optional.empty();
        }
        return days > said.high() ? Optional.of(false) : Optional.empty();
    }
}
