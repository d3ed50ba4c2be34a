// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.metrics.BrierScore;
import dev.kedge.operators.ads.metrics.Concordance;
import dev.kedge.operators.ads.metrics.Outcomes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Judges rankings of creatives by what became of them, by term. */
public final class TermJudge {
    private final double boundary;
    private final double[] horizons;

    /**
     * A judge.
     *
     * @param boundary days at which cut-out ends and wear-out begins
     * @param horizons days of which a ranking may give the survival, increasing
     */
    public TermJudge(double boundary, double[] horizons) {
        this.boundary = boundary;
        this.horizons = horizons;
    }

    /**
     * Harrell's concordance; not a number where nothing can be compared.
     *
     * @param shortTerm cut-out risks at launch, times censored at the boundary
     * @param longTerm boundary risks of those that outlived the boundary
     * @param all launch risks
     * @param integratedBrier error of the survival at the horizons, the lower the better; not a
     *     number where it is not defined
     */
    public record Figures(double shortTerm, double longTerm, double all, double integratedBrier) {}

    /**
     * Judges a ranking.
     *
     * @param lives what became of the creatives
     * @param rival the ranking of the same creatives
     * @param spoken boundary risks that the stream gave, one a creative: where they are no number
     *     nobody is judged, so that all are judged on the same creatives
     */
    public Figures judge(List<CreativeLife> lives, Rival rival, double[] spoken) {
        int[] outlived =
                IntStream.range(0, lives.size())
                        .filter(i -> lives.get(i).days() >= boundary)
                        .filter(i -> !Double.isNaN(spoken[i]))
                        .toArray();
        List<CreativeLife> alive = Arrays.stream(outlived).mapToObj(lives::get).toList();
        double[] later = Arrays.stream(outlived).mapToDouble(i -> rival.atBoundary()[i]).toArray();
        Outcomes whole = outcomes(lives, Double.POSITIVE_INFINITY);
        return new Figures(
                harrell(outcomes(lives, boundary), rival.cutOut()),
                harrell(outcomes(alive, Double.POSITIVE_INFINITY), later),
                harrell(whole, rival.atLaunch()),
                rival.survival().map(survival -> brier(whole, survival)).orElse(Double.NaN));
    }

    private static double harrell(Outcomes outcomes, double[] risks) {
        return outcomes.size() < 2 ? Double.NaN : Concordance.harrell(outcomes, risks).index();
    }

    /** What became of creatives, in days; censored at a horizon. */
    public static Outcomes outcomes(List<CreativeLife> lives, double horizon) {
        double[] times = new double[lives.size()];
        boolean[] events = new boolean[times.length];
        for (int i = 0; i < times.length; i++) {
            CreativeLife life = lives.get(i);
            times[i] = Math.min(life.days(), horizon);
            events[i] = life.stopped() && life.days() < horizon;
        }
        return new Outcomes(times, events);
    }

    private double brier(Outcomes outcomes, double[][] survival) {
        try {
            return BrierScore.of(outcomes, outcomes, survival, horizons).integrated();
        } catch (IllegalArgumentException e) {
            // Horizons past what was followed up, or a censoring distribution of zero: not defined.
            return Double.NaN;
        }
    }
}
