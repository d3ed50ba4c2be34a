// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.laboratory.ads.reference.BaselineHazard;
import dev.kedge.jobs.laboratory.ads.reference.CoxRegression;
import dev.kedge.jobs.laboratory.ads.replay.AdvertiserPast;
import dev.kedge.jobs.laboratory.ads.replay.AdvertiserPast.Past;
import dev.kedge.jobs.laboratory.ads.replay.LaunchCovariates;
import dev.kedge.jobs.laboratory.ads.replay.TermJudge;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.metrics.Outcomes;
import java.util.Arrays;
import java.util.List;

/** Cox's regression on what is known at launch, the text left out. */
final class RefittedCox implements Refits.Method {
    private final List<CreativeLife> lives;
    private final List<Past> pasts;
    private final double[] horizons;
    private final double ridge;

    /**
     * A regression.
     *
     * @param lives in the order in which they are asked for
     */
    RefittedCox(List<CreativeLife> lives, double[] horizons, double ridge) {
        this.lives = lives;
        this.pasts = AdvertiserPast.of(lives);
        this.horizons = horizons;
        this.ridge = ridge;
    }

    @Override
    public Refits.Fit fit(List<CreativeLife> past) {
        List<Past> known = pasts.subList(0, past.size());
        LaunchCovariates covariates = new LaunchCovariates(past, known);
        double[][] rows = covariates.of(past, known);
        Outcomes outcomes = TermJudge.outcomes(past, Double.POSITIVE_INFINITY);
        CoxRegression fitted =
                CoxRegression.fit(
                        rows,
                        outcomes,
                        new CoxRegression.Settings(CoxRegression.Ties.EFRON, ridge, 50, 1e-6));
        BaselineHazard baseline =
                BaselineHazard.of(
                        outcomes, Arrays.stream(rows).mapToDouble(fitted::risk).toArray());
        return new CoxFit(covariates, fitted, baseline);
    }

    private final class CoxFit implements Refits.Fit {
        private final LaunchCovariates covariates;
        private final CoxRegression fitted;
        private final BaselineHazard baseline;

        private CoxFit(LaunchCovariates covariates, CoxRegression fitted, BaselineHazard baseline) {
            this.covariates = covariates;
            this.fitted = fitted;
            this.baseline = baseline;
        }

        @Override
        public Refits.Said atLaunch(int creative) {
            double risk = atBoundary(creative);
            double[] survival =
                    Arrays.stream(horizons).map(days -> baseline.survival(risk, days)).toArray();
            return new Refits.Said(risk, risk, survival);
        }

        @Override
        public double atBoundary(int creative) {
            double[][] row =
                    covariates.of(
                            lives.subList(creative, creative + 1),
                            pasts.subList(creative, creative + 1));
            return fitted.risk(row[0]);
        }
    }
}
