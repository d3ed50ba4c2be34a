// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.GoldenCase;
import dev.kedge.operators.GoldenVectors;
import dev.kedge.operators.ads.hazards.HazardCurve;
import dev.kedge.operators.ads.hazards.HazardLoss;
import dev.kedge.operators.ads.hazards.PersonPeriods;
import dev.kedge.operators.ads.hazards.TwoTermLoss;
import dev.kedge.operators.ads.metrics.BrierScore;
import dev.kedge.operators.ads.metrics.Concordance;
import dev.kedge.operators.ads.metrics.CumulativeDynamicAuc;
import dev.kedge.operators.ads.metrics.Outcomes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every file of the golden folder {@code survival}. */
class SurvivalGoldenTest {

    @TestFactory
    Stream<DynamicTest> everyGoldenVectorIsMet() {
        return GoldenVectors.tests(
                "survival",
                Map.of(
                        "hazard_", SurvivalGoldenTest::hazard,
                        "two_term", SurvivalGoldenTest::twoTerm,
                        "ctr_weights", SurvivalGoldenTest::clickThroughWeights,
                        "metrics_", SurvivalGoldenTest::metrics));
    }

    private static void hazard(GoldenCase golden) {
        double[] logits = golden.input("logits");
        int rows = golden.integers("interval").length;
        int intervals = rows == 0 ? 0 : logits.length / rows;
        PersonPeriods periods = periods(golden, intervals);
        double[] gradient = new double[logits.length];
        double[] hazard = new double[logits.length];
        double loss =
                HazardLoss.evaluate(
                        logits,
                        periods.labels(),
                        periods.atRisk(),
                        weights(golden, rows),
                        rows,
                        intervals,
                        gradient);
        HazardCurve.hazards(logits, hazard);
        golden.expect(
                Map.of(
                        "labels",
                        periods::labels,
                        "at_risk",
                        periods::atRisk,
                        "loss",
                        number(loss),
                        "grad_logits",
                        () -> gradient,
                        "hazard",
                        () -> hazard,
                        "survival",
                        () -> survival(rows(hazard, rows))));
    }

    private static void twoTerm(GoldenCase golden) {
        double[] shortLogits = golden.input("short_logits");
        double[] longLogits = golden.input("long_logits");
        int rows = golden.integers("interval").length;
        int boundary = (int) golden.parameter("boundary", shortLogits.length / (double) rows);
        double[] shortGradient = new double[shortLogits.length];
        double[] longGradient = new double[longLogits.length];
        TwoTermLoss.Value loss =
                new TwoTermLoss(
                                boundary,
                                golden.parameter("lambda_short", 1),
                                golden.parameter("lambda_long", 1))
                        .evaluate(
                                shortLogits,
                                longLogits,
                                periods(golden, boundary + longLogits.length / rows),
                                weights(golden, rows),
                                shortGradient,
                                longGradient);
        double[][] hazards = joined(shortLogits, longLogits, rows);
        golden.expect(
                Map.of(
                        "loss_short", number(loss.shortTerm()),
                        "loss_long", number(loss.longTerm()),
                        "loss", number(loss.total()),
                        "grad_short_logits", () -> shortGradient,
                        "grad_long_logits", () -> longGradient,
                        "hazard", () -> flat(hazards),
                        "survival", () -> survival(hazards),
                        "p_cut_out", each(hazards, h -> HazardCurve.cutOut(h, boundary)),
                        "p_wear_out_given_alive_at_boundary",
                                each(
                                        hazards,
                                        h -> HazardCurve.discontinued(h, boundary, h.length))));
    }

    private static void clickThroughWeights(GoldenCase golden) {
        double[] clip = golden.parameters("clip", 0.1, 10);
        String mode = golden.word("mode", "smoothed").toUpperCase(Locale.ROOT);
        WeighedBatch batch =
                WeighedBatch.of(
                        new ClickThroughWeight.Settings(
                                ClickThroughWeight.Mode.valueOf(mode),
                                golden.parameter("prior_strength", 100),
                                clip[0],
                                clip[1]),
                        golden.input("impressions"),
                        golden.input("clicks"));
        golden.expect(
                Map.of(
                        "pooled_rate", number(batch.pooledRate()),
                        "smoothed_rate", batch::rates,
                        "weight", batch::weights));
    }

    private static void metrics(GoldenCase golden) {
        Outcomes outcomes = new Outcomes(golden.input("time"), golden.flags("event"));
        double[] risks = golden.input("risk");
        double[] horizons = golden.input("horizons");
        double tolerance = golden.parameter("tied_tolerance", Concordance.TOLERANCE);
        double tau = golden.parameter("tau", Double.POSITIVE_INFINITY);
        Concordance harrell = Concordance.harrell(outcomes, risks, tolerance);
        Supplier<Concordance> uno =
                () -> Concordance.uno(outcomes, outcomes, risks, tau, tolerance);
        Supplier<CumulativeDynamicAuc> auc =
                () -> CumulativeDynamicAuc.of(outcomes, outcomes, risks, horizons, tolerance);
        Supplier<BrierScore> brier =
                () -> BrierScore.of(outcomes, outcomes, predicted(golden, outcomes), horizons);
        golden.expect(
                Map.of(
                        "concordance", () -> one(harrell.requireIndex()),
                        "concordant", number((double) harrell.concordant()),
                        "discordant", number((double) harrell.discordant()),
                        "tied_risk", number((double) harrell.tiedRisk()),
                        "tied_time", number((double) harrell.tiedTime()),
                        "concordance_ipcw", () -> one(uno.get().requireIndex()),
                        "auc", () -> auc.get().areas(),
                        "auc_mean", () -> one(auc.get().mean()),
                        "brier", () -> brier.get().scores(),
                        "integrated_brier", () -> one(brier.get().integrated())));
    }

    private static PersonPeriods periods(GoldenCase golden, int intervals) {
        int[] interval = golden.integers("interval");
        int[] entry = golden.integersOrZeros("entry", interval.length);
        return PersonPeriods.of(interval, golden.flags("event"), entry, intervals);
    }

    private static double[] weights(GoldenCase golden, int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return golden.input("weights", ones);
    }

    private static double[][] predicted(GoldenCase golden, Outcomes outcomes) {
        return rows(golden.input("survival_at_horizons"), outcomes.size());
    }

    private static double[][] joined(double[] shortLogits, double[] longLogits, int rows) {
        double[][] ofShort = rows(shortLogits, rows);
        double[][] ofLong = rows(longLogits, rows);
        double[][] hazards = new double[rows][];
        for (int i = 0; i < rows; i++) {
            hazards[i] = new double[ofShort[i].length + ofLong[i].length];
            HazardCurve.hazards(ofShort[i], ofLong[i], hazards[i]);
        }
        return hazards;
    }

    private static double[] survival(double[][] hazards) {
        double[][] survival = new double[hazards.length][];
        for (int i = 0; i < hazards.length; i++) {
            survival[i] = new double[hazards[i].length];
            HazardCurve.survival(hazards[i], survival[i]);
        }
        return flat(survival);
    }

    private static double[][] rows(double[] flat, int rows) {
        int width = rows == 0 ? 0 : flat.length / rows;
        double[][] matrix = new double[rows][];
        for (int i = 0; i < rows; i++) {
            matrix[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return matrix;
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static Supplier<double[]> each(double[][] rows, ToDoubleFunction<double[]> value) {
        return () -> Arrays.stream(rows).mapToDouble(value).toArray();
    }

    private static Supplier<double[]> number(double value) {
        return () -> one(value);
    }

    private static double[] one(double value) {
        return new double[] {value};
    }
}
