// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.jobs.laboratory.ads.replay.ReplayReport.Part;
import dev.kedge.jobs.laboratory.ads.replay.ReplayReport.Row;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.CreativeScore.Traffic;
import dev.kedge.state.ads.CreativeDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final int BOUNDARY = DiscontinuationSettings.DEFAULT.cuts().boundary();

    private final List<CreativeLife> lives = new ArrayList<>();
    private final StreamVerdicts verdicts = new StreamVerdicts(BOUNDARY);

    @Test
    void whatTheStreamSaidIsJudgedByTheTruthOfTheFile() {
        // Lives of 2, 5, 20, 30 days; the cut-out ranks the short ones rightly, the risk all but
        // one pair, the boundary the long ones wrongly.
        said(Lives.stopped("a", "x", 0, 2), -3, 0.9, Double.NaN);
        said(Lives.stopped("b", "x", 1, 6), -2, 0.8, Double.NaN);
        said(Lives.stopped("c", "x", 2, 22), -8, 0.2, -9);
        said(Lives.stopped("d", "x", 3, 33), -9, 0.1, -7);

        Row kedge = row(parts(0.5).get(0), "Kedge, single pass");

        assertThat(kedge.shortTerm()).isEqualTo(1);
        assertThat(kedge.longTerm()).isZero();
        assertThat(kedge.all()).isCloseTo(5.0 / 6, within(1e-12));
    }

    @Test
    void aRankingWithoutFeaturesIsWorthAHalf() {
        for (int i = 0; i < 40; i++) {
            said(Lives.stopped("c" + i, "x", i, i + 1 + i % 7), -i % 7, 0.1, Double.NaN);
        }

        Part last = parts(0.5).get(1);

        assertThat(last.creatives()).isEqualTo(20);
        assertThat(row(last, "Kaplan-Meier, no features").all()).isEqualTo(0.5);
    }

    @Test
    void theBatchRivalsKnowNothingLaterThanTheSplit() {
        // In the training rows 'brief' ends at once; what 'turned' does after the split, never to
        // end, must not be known to the regression that is fitted at the split.
        for (int i = 0; i < 60; i++) {
            said(Lives.stopped("b" + i, "brief", i, i + 1), -1, 0.5, Double.NaN);
            said(Lives.stopped("t" + i, "turned", i + 0.5, i + 9), -1, 0.5, Double.NaN);
        }
        for (int i = 0; i < 60; i++) {
            said(Lives.stopped("B" + i, "brief", 70 + i, 71 + i), -1, 0.5, Double.NaN);
            said(Lives.stopped("T" + i, "turned", 70.5 + i, 79 + i), -1, 0.5, Double.NaN);
        }

        Row cox = row(parts(0.5).get(1), "Cox, batch fit on the others");

        assertThat(cox.all()).isGreaterThan(0.7);
    }

    @Test
    void creativesOfWhichTheStreamSaidNothingAreLeftOut() {
        said(Lives.stopped("a", "x", 0, 2), -3, 0.9, Double.NaN);
        said(Lives.stopped("b", "x", 1, 6), -2, 0.8, Double.NaN);
        lives.add(Lives.stopped("refused", "x", 2, 3));

        assertThat(parts(0.5).get(0).creatives()).isEqualTo(2);
    }

    private List<Part> parts(double share) {
        return new Comparison(lives, verdicts, DiscontinuationSettings.DEFAULT, share).parts();
    }

    private static Row row(Part part, String ranking) {
        return part.rows().stream().filter(r -> r.ranking().equals(ranking)).findFirst().get();
    }

    private void said(CreativeLife life, double risk, double cutOut, double atBoundary) {
        lives.add(life);
        verdicts.score(score(life, Cause.LAUNCH, 0, risk, cutOut));
        if (!Double.isNaN(atBoundary)) {
            verdicts.score(score(life, Cause.INTERVAL, BOUNDARY, atBoundary, 0));
        }
    }

    private static CreativeScore score(
            CreativeLife life, Cause cause, int interval, double risk, double cutOut) {
        double[] survival = new double[BOUNDARY];
        Arrays.fill(survival, 1 - cutOut);
        List<Horizon> horizons =
                DiscontinuationSettings.DEFAULT.horizons().stream()
                        .map(days -> new Horizon(days, 0.5, 0.5))
                        .toList();
        return new CreativeScore(
                new CreativeScore.Subject(Lives.MODEL, life.launched().creative(), 0),
                CreativeDescription.NONE,
                life.launched().at(),
                life.launched().at(),
                cause,
                new CreativeScore.Outlook(
                        interval,
                        new double[0],
                        new double[0],
                        survival,
                        new double[0],
                        new double[0]),
                new CreativeScore.Forecast(horizons, List.of(), cutOut, 0, -risk, risk),
                new CreativeScore.Advice(Action.KEEP, "", 0, 0, List.of()),
                Traffic.NONE,
                Traffic.NONE,
                new CreativeScore.Version(0, 0, 0),
                Optional.empty());
    }
}
