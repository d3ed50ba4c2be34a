// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.laboratory.ads.replay.TermJudge;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.metrics.KaplanMeier;
import java.util.Arrays;
import java.util.List;

/**
 * Kaplan and Meier's estimate: the same for all creatives. One fit would tell those of one month
 * from those of another, so nothing but the survival differs by fit; all risks are 0.
 */
final class RefittedKaplanMeier implements Refits.Method {
    private final double[] horizons;

    RefittedKaplanMeier(double[] horizons) {
        this.horizons = horizons;
    }

    @Override
    public Refits.Fit fit(List<CreativeLife> past) {
        KaplanMeier curve =
                KaplanMeier.survival(TermJudge.outcomes(past, Double.POSITIVE_INFINITY));
        double[] survival = Arrays.stream(horizons).map(curve::atOrLast).toArray();
        return new Refits.Fit() {
            @Override
            public Refits.Said atLaunch(int creative) {
                return new Refits.Said(0, 0, survival);
            }

            @Override
            public double atBoundary(int creative) {
                return 0;
            }
        };
    }
}
