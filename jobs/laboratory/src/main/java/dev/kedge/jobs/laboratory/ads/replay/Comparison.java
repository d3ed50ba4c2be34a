// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.laboratory.ads.reference.CoxRegression;
import dev.kedge.jobs.laboratory.ads.replay.AdvertiserPast.Past;
import dev.kedge.jobs.laboratory.ads.replay.ReplayReport.Part;
import dev.kedge.jobs.laboratory.ads.replay.ReplayReport.Row;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.metrics.KaplanMeier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares what the stream said with its rivals, by the truth of the file. The batch rivals are
 * fitted on the first creatives by launch, knowing nothing later than the launch of the first of
 * the others.
 */
final class Comparison {
    private static final double RIDGE = 10;

    private final List<CreativeLife> lives;
    private final List<Past> pasts;
    private final StreamVerdicts verdicts;
    private final TermJudge judge;
    private final double[] horizons;
    private final int split;

    /** Takes only lives of which the stream said something at launch. */
    Comparison(
            List<CreativeLife> all,
            StreamVerdicts verdicts,
            DiscontinuationSettings job,
            double trainingShare) {
        this.lives =
                all.stream()
                        .filter(life -> verdicts.atLaunch(CreativeKey.of(life)).isPresent())
                        .toList();
        this.pasts = AdvertiserPast.of(lives);
        this.verdicts = verdicts;
        this.horizons = job.horizons().stream().mapToDouble(Double::doubleValue).toArray();
        this.judge = new TermJudge(job.intervals().boundary(), horizons);
        this.split = (int) Math.round(trainingShare * lives.size());
    }

    /** Everything that can be said. */
    List<Part> parts() {
        if (lives.size() < 2) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        parts.add(part("whole stream, prequential", 0, List.of(kedge(0), pastMean(0))));
        if (split > 1 && split < lives.size() - 1) {
            parts.add(
                    part(
                            format(
                                    "last %.0f %% by launch",
                                    100.0 * (lives.size() - split) / lives.size()),
                            split,
                            List.of(kedge(split), kaplanMeier(), pastMean(split), cox())));
        }
        return parts;
    }

    private Part part(String name, int from, List<Rival> rivals) {
        List<CreativeLife> judged = lives.subList(from, lives.size());
        List<Row> rows = rivals.stream().map(rival -> row(judged, rival, rivals.get(0))).toList();
        long stopped = judged.stream().filter(CreativeLife::stopped).count();
        return new Part(name, judged.size(), stopped, rows);
    }

    private Row row(List<CreativeLife> judged, Rival rival, Rival kedge) {
        TermJudge.Figures figures = judge.judge(judged, rival, kedge.atBoundary());
        return new Row(
                rival.name(),
                figures.shortTerm(),
                figures.longTerm(),
                figures.all(),
                figures.integratedBrier());
    }

    private Rival kedge(int from) {
        List<CreativeLife> judged = lives.subList(from, lives.size());
        return verdicts.rival("Kedge, single pass", judged);
    }

    private Rival pastMean(int from) {
        double[] risks =
                pasts.subList(from, lives.size()).stream()
                        .mapToDouble(past -> -past.meanLogDays())
                        .toArray();
        return Rival.constant("advertiser's past mean", risks, Optional.empty());
    }

    private Rival kaplanMeier() {
        KaplanMeier curve =
                KaplanMeier.survival(TermJudge.outcomes(training(), Double.POSITIVE_INFINITY));
        double[] known = Arrays.stream(horizons).map(curve::atOrLast).toArray();
        double[][] survival = new double[lives.size() - split][];
        Arrays.fill(survival, known);
        return Rival.constant(
                "Kaplan-Meier, no features", new double[survival.length], Optional.of(survival));
    }

    private Rival cox() {
        List<CreativeLife> training = training();
        LaunchCovariates covariates = new LaunchCovariates(training, pasts.subList(0, split));
        CoxRegression fitted =
                CoxRegression.fit(
                        covariates.of(training, pasts.subList(0, split)),
                        TermJudge.outcomes(training, Double.POSITIVE_INFINITY),
                        new CoxRegression.Settings(CoxRegression.Ties.EFRON, RIDGE, 50, 1e-6));
        double[] risks =
                Arrays.stream(
                                covariates.of(
                                        lives.subList(split, lives.size()),
                                        pasts.subList(split, lives.size())))
                        .mapToDouble(fitted::risk)
                        .toArray();
        return Rival.constant("Cox, batch fit on the others", risks, Optional.empty());
    }

    private List<CreativeLife> training() {
        long moment = lives.get(split).launched().at();
        return lives.subList(0, split).stream().map(life -> life.seenUntil(moment)).toList();
    }
}
