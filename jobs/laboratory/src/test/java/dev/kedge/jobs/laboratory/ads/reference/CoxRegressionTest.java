// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.jobs.laboratory.ads.reference.CoxRegression.Settings;
import dev.kedge.jobs.laboratory.ads.reference.CoxRegression.Ties;
import dev.kedge.operators.ads.metrics.Concordance;
import dev.kedge.operators.ads.metrics.Outcomes;
import dev.kedge.operators.testing.Gradients;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoxRegressionTest {
    private static final int ROWS = 300;
    private static final double[] TRUTH = {1, -0.5, 0};

    private final SplittableRandom random = new SplittableRandom(97);
    private final double[][] features = new double[ROWS][];
    private final Outcomes outcomes = draw();

    private Outcomes draw() {
        double[] times = new double[ROWS];
        boolean[] events = new boolean[ROWS];
        for (int i = 0; i < ROWS; i++) {
            features[i] = Gradients.numbers(random, TRUTH.length);
            double rate = Math.exp(PartialLikelihood.predictor(features[i], TRUTH));
            double end = -Math.log(random.nextDouble()) / rate;
            double stop = random.nextDouble(0, 4);
            events[i] = end <= stop;
            times[i] = Math.ceil(Math.min(end, stop) * 10);
        }
        return new Outcomes(times, events);
    }

    private PartialLikelihood likelihood(Ties ties, double[] at) {
        return new PartialLikelihood(features, outcomes, new Settings(ties, 0.3, 1, 0), at);
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void gradientAndInformationAreTheDerivatives(Ties ties) {
        double[] at = {0.3, 0.2, -0.4};
        PartialLikelihood here = likelihood(ties, at);
        Gradients.assertGradient(here.gradient(), x -> likelihood(ties, x).value(), at);
        for (int j = 0; j < at.length; j++) {
            int row = j;
            double[] second = Arrays.stream(here.information()[j]).map(x -> -x).toArray();
            Gradients.assertGradient(second, x -> likelihood(ties, x).gradient()[row], at);
        }
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void theCoefficientsAreFoundAgain(Ties ties) {
        CoxRegression fit = CoxRegression.fit(features, outcomes, new Settings(ties, 0, 50, 1e-9));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.steps()).isLessThan(10);
        assertThat(fit.coefficients()).containsExactly(TRUTH, within(0.25));
        double[] risks = Arrays.stream(features).mapToDouble(fit::risk).toArray();
        assertThat(Concordance.harrell(outcomes, risks).index()).isGreaterThan(0.7);
    }

    @Test
    void aCaseWorkedByHandIsMet() {
        double[][] one = {{1}, {0}, {1}};
        Outcomes three = new Outcomes(new double[] {1, 2, 3}, new boolean[] {true, true, true});
        CoxRegression fit = CoxRegression.fit(one, three, Settings.DEFAULT);
        double u = Math.sqrt(0.5);
        assertThat(fit.coefficients()[0]).isCloseTo(Math.log(u), within(1e-9));
        assertThat(fit.logLikelihood())
                .isCloseTo(Math.log(u / (2 * u + 1) / (1 + u)), within(1e-12));
    }

    @Test
    void tiedEventsShareTheRiskSetByTheRule() {
        double[][] one = {{1}, {0}, {0}};
        Outcomes tied = new Outcomes(new double[] {1, 1, 2}, new boolean[] {true, true, true});
        double[] zero = {0};
        Settings breslow = new Settings(Ties.BRESLOW, 0, 1, 0);
        Settings efron = new Settings(Ties.EFRON, 0, 1, 0);
        assertThat(new PartialLikelihood(one, tied, breslow, zero).value())
                .isCloseTo(-Math.log(9), within(1e-12));
        assertThat(new PartialLikelihood(one, tied, efron, zero).value())
                .isCloseTo(-Math.log(6), within(1e-12));
    }

    @Test
    void aRidgeKeepsSeparatedDataFinite() {
        double[][] one = {{2}, {1}, {0}};
        Outcomes ordered = new Outcomes(new double[] {1, 2, 3}, new boolean[] {true, true, true});
        CoxRegression fit =
                CoxRegression.fit(one, ordered, new Settings(Ties.EFRON, 0.1, 50, 1e-9));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.coefficients()[0]).isBetween(1.0, 5.0);
    }

    @Test
    void featuresThatSayTheSameShareTheirCoefficient() {
        double[][] twice =
                Arrays.stream(features)
                        .map(row -> new double[] {row[0], row[0]})
                        .toArray(double[][]::new);
        CoxRegression fit = CoxRegression.fit(twice, outcomes, Settings.DEFAULT);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.coefficients()[0]).isCloseTo(fit.coefficients()[1], within(1e-6));
    }

    @Test
    void rowsThatDoNotMatchAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoxRegression.fit(new double[2][1], outcomes, Settings.DEFAULT));
    }
}
