// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.classifier.hpcr.HpcrLoss.Pairs;
import dev.kedge.operators.classifier.hpcr.ProxyDistillation.Unknown;
import dev.kedge.operators.testing.Gradients;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the golden vectors do not fix: options beyond the paper, limits, and every gradient. */
class HpcrLossTest {
    private static final int WIDTH = 4;
    private static final int CLASSES = 5;
    private static final int[] LABELS = {0, 2, 1, 0, 2, 1, 3, 1, 3, 1};
    private static final int REPLAYED = 6;

    private final SplittableRandom random = new SplittableRandom(5);
    private final double[] features = Gradients.numbers(random, LABELS.length * WIDTH);
    private final double[] proxies = Gradients.numbers(random, CLASSES * WIDTH);

    @ParameterizedTest
    @CsvSource({
        "OFF, false, MASK", "OFF, true, MASK", "OFF, false, ZERO",
        "ONE, false, MASK", "ONE, true, MASK", "ALL, false, MASK",
        "ALL, true, ZERO", "MIN_ROWS, false, MASK"
    })
    void gradientsAgreeWithCentralDifferences(Pairs pairs, boolean decoupled, Unknown unknown) {
        HpcrLoss.Settings settings =
                new HpcrLoss.Settings(0.7, 0.4, pairs, 10, 0.3, 0.6, unknown, decoupled);
        double[] temperatures = {0.5, 0.7, 0.9, 1.1, 0.6};
        Result at = evaluate(settings, features, proxies, temperatures, true);

        Gradients.assertGradient(
                at.featureGradient(),
                f -> evaluate(settings, f, proxies, temperatures, true).loss(),
                features);
        Gradients.assertGradient(
                at.proxyGradient(),
                p -> evaluate(settings, features, p, temperatures, true).loss(),
                proxies);
        assertThat(at.loss()).isNotZero();
    }

    @Test
    void enoughRowsBringThePairsIn() {
        HpcrLoss.Settings few = pairs(Pairs.MIN_ROWS, LABELS.length + 1);
        HpcrLoss.Settings enough = pairs(Pairs.MIN_ROWS, LABELS.length);

        assertThat(plain(few).loss()).isEqualTo(plain(pairs(Pairs.OFF, 0)).loss());
        assertThat(plain(enough).loss()).isEqualTo(plain(pairs(Pairs.ONE, 0)).loss());
    }

    @Test
    void aSingleClassGivesTheLogarithmOfTheRowsAndNoGradient() {
        Result result = one(new int[] {2, 2, 2}, false);

        assertThat(result.loss()).isCloseTo(Math.log(3), within(1e-12));
        assertThat(result.featureGradient()).containsOnly(new double[] {0}, within(1e-12));
        assertThat(result.proxyGradient()).containsOnly(new double[] {0}, within(1e-12));
    }

    @Test
    void aSingleClassGivesNothingIfTheDenominatorIsDecoupled() {
        Result result = one(new int[] {2, 2, 2}, true);

        assertThat(result.loss()).isZero();
        assertThat(result.featureGradient()).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource(Pairs.class)
    void nothingIsLearnedWhileNothingIsReplayed(Pairs pairs) {
        HpcrLoss.Settings settings =
                new HpcrLoss.Settings(0.09, 0.09, pairs, 0, 0.1, 0.5, Unknown.MASK, false);
        Result stored = evaluate(settings, 0, false);
        Result ahead = evaluate(settings, 0, true);

        assertThat(stored.loss()).isZero();
        assertThat(stored.featureGradient()).containsOnly(0);
        assertThat(stored.proxyGradient()).containsOnly(0);
        assertThat(ahead.loss()).isPositive();
        assertThat(ahead.parts().sampleDistillation()).isZero();
        assertThat(ahead.proxyGradient()).isNotEqualTo(stored.proxyGradient());
    }

    private Result evaluate(HpcrLoss.Settings settings, int replayed, boolean alone) {
        HpcrLoss loss = new HpcrLoss(settings, LABELS.length, CLASSES, WIDTH);
        double[] featureGradient = new double[features.length];
        double[] proxyGradient = new double[proxies.length];
        HpcrLoss.Parts parts =
                loss.evaluate(
                        new HpcrLoss.Step(
                                features, LABELS, LABELS.length, replayed, teacher(), true, alone),
                        proxies,
                        CLASSES,
                        temperatures(CLASSES),
                        1.8,
                        1,
                        featureGradient,
                        proxyGradient);
        return new Result(loss.total(parts, 1.8), parts, featureGradient, proxyGradient);
    }

    @Test
    void twoRowsByHand() {
        double[] right = {1, 0};
        double[] up = {0, 1};
        double[] rows = {1, 0, 0, 1};
        double[] both = {right[0], right[1], up[0], up[1]};
        HpcrLoss loss = new HpcrLoss(pairs(Pairs.OFF, 0), 2, 2, 2);
        HpcrLoss.Parts parts =
                loss.evaluate(
                        new HpcrLoss.Step(
                                rows, new int[] {0, 1}, 2, 2, new Teacher(0, 2, 2), false),
                        both,
                        2,
                        new double[] {0.5, 0.5},
                        1,
                        1,
                        new double[4],
                        new double[4]);

        assertThat(parts.contrastive()).isCloseTo(Math.log1p(Math.exp(-2)), within(1e-5));
    }

    @Test
    void aClassWithoutRowsHasNoPartInIt() {
        double[] others = proxies.clone();
        others[4 * WIDTH] += 3;
        Result before = plain(pairs(Pairs.OFF, 0));
        Result after =
                evaluate(pairs(Pairs.OFF, 0), features, others, temperatures(CLASSES), false);

        assertThat(after.loss()).isEqualTo(before.loss());
        assertThat(after.proxyGradient()).isEqualTo(before.proxyGradient());
        assertThat(Arrays.copyOfRange(after.proxyGradient(), 4 * WIDTH, 5 * WIDTH)).containsOnly(0);
    }

    @Test
    void kappaDoesNotTouchDistillation() {
        HpcrLoss.Settings settings = pairs(Pairs.OFF, 0).withDistillation(0.3, 0.6);
        Result still = evaluate(settings, features, proxies, temperatures(CLASSES), true, 0);

        assertThat(still.parts().proxyDistillation()).isPositive();
        assertThat(still.loss())
                .isEqualTo(
                        0.3 * still.parts().proxyDistillation()
                                + 0.6 * still.parts().sampleDistillation());
    }

    @Test
    void twoReplayedRowsHaveNothingToTellEachOther() {
        CosineGeometry geometry = new CosineGeometry(2, 2, WIDTH);
        geometry.forward(features, 2, proxies, 2);
        Teacher teacher = new Teacher(1, 2, WIDTH);
        teacher.add(new double[2], Arrays.copyOf(features, WIDTH));

        assertThat(new SampleDistillation(2, WIDTH, 0.09).evaluate(geometry, 2, teacher, 1))
                .isZero();
        assertThat(geometry.featureUnitGradient()).containsOnly(0);
    }

    @Test
    void sampleDistillationStaysFiniteAtTinyTemperatures() {
        CosineGeometry geometry = new CosineGeometry(LABELS.length, CLASSES, WIDTH);
        geometry.forward(features, LABELS.length, proxies, CLASSES);

        assertThat(
                        new SampleDistillation(REPLAYED, WIDTH, 0.002)
                                .evaluate(geometry, REPLAYED, teacher(), 1))
                .isFinite()
                .isPositive();
    }

    @Test
    void maskedClassesAreLeftOutOfTheMean() {
        CosineGeometry geometry = new CosineGeometry(1, 2, 2);
        geometry.forward(new double[] {3, 4}, 1, new double[] {1, 0, 0, 1}, 2);
        Teacher teacher = new Teacher(1, 2, 2);
        teacher.add(new double[] {0.1}, new double[2]);
        int[] counts = {1, 3};

        double masked =
                new ProxyDistillation(1, Unknown.MASK).evaluate(geometry, 1, counts, teacher, 1);
        double zero =
                new ProxyDistillation(1, Unknown.ZERO).evaluate(geometry, 1, counts, teacher, 1);

        assertThat(masked).isCloseTo(0.25, within(1e-5));
        assertThat(zero).isCloseTo((0.25 + 3 * 0.64) / 4, within(1e-5));
    }

    @Test
    void aRowOfZerosIsCarriedBackByTheGuardAlone() {
        UnitRows units = new UnitRows(1, 2, UnitRows.Guard.ADDED);
        units.normalise(new double[2], 1);
        double[] gradient = new double[2];
        units.backward(new double[] {1e-6, 2e-6}, 1, gradient);

        assertThat(units.units()).containsOnly(0);
        assertThat(gradient).containsExactly(new double[] {1, 2}, within(1e-12));
    }

    @Test
    void refusesATemperatureOfZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new HpcrLoss(
                                        new HpcrLoss.Settings(
                                                0, 0.09, Pairs.OFF, 0, 0, 0, Unknown.MASK, false),
                                        4,
                                        2,
                                        3))
                .withMessageContaining("temperature: 0.0");
    }

    private record Result(
            double loss, HpcrLoss.Parts parts, double[] featureGradient, double[] proxyGradient) {}

    private static HpcrLoss.Settings pairs(Pairs pairs, int minRows) {
        return new HpcrLoss.Settings(0.09, 0.09, pairs, minRows, 0, 0, Unknown.MASK, false);
    }

    private static double[] temperatures(int classes) {
        double[] temperatures = new double[classes];
        Arrays.fill(temperatures, 0.09);
        return temperatures;
    }

    private Result plain(HpcrLoss.Settings settings) {
        return evaluate(settings, features, proxies, temperatures(CLASSES), false);
    }

    private Result one(int[] labels, boolean decoupled) {
        HpcrLoss.Settings settings =
                new HpcrLoss.Settings(0.09, 0.09, Pairs.OFF, 0, 0, 0, Unknown.MASK, decoupled);
        HpcrLoss loss = new HpcrLoss(settings, labels.length, CLASSES, WIDTH);
        double[] featureGradient = new double[labels.length * WIDTH];
        double[] proxyGradient = new double[CLASSES * WIDTH];
        HpcrLoss.Parts parts =
                loss.evaluate(
                        new HpcrLoss.Step(features, labels, labels.length, 2, teacher(), false),
                        proxies,
                        CLASSES,
                        temperatures(CLASSES),
                        1,
                        1,
                        featureGradient,
                        proxyGradient);
        return new Result(loss.total(parts, 1), parts, featureGradient, proxyGradient);
    }

    private Result evaluate(
            HpcrLoss.Settings settings, double[] f, double[] p, double[] tau, boolean distil) {
        return evaluate(settings, f, p, tau, distil, 1.3);
    }

    private Result evaluate(
            HpcrLoss.Settings settings,
            double[] f,
            double[] p,
            double[] tau,
            boolean distil,
            double kappa) {
        HpcrLoss loss = new HpcrLoss(settings, LABELS.length, CLASSES, WIDTH);
        double[] featureGradient = new double[f.length];
        double[] proxyGradient = new double[p.length];
        HpcrLoss.Parts parts =
                loss.evaluate(
                        new HpcrLoss.Step(f, LABELS, LABELS.length, REPLAYED, teacher(), distil),
                        p,
                        CLASSES,
                        tau,
                        kappa,
                        1,
                        featureGradient,
                        proxyGradient);
        return new Result(loss.total(parts, kappa), parts, featureGradient, proxyGradient);
    }

    private static Teacher teacher() {
        SplittableRandom numbers = new SplittableRandom(8);
        Teacher teacher = new Teacher(REPLAYED / 2, CLASSES, WIDTH);
        for (int i = 0; i < REPLAYED / 2; i++) {
            teacher.add(Gradients.numbers(numbers, 2 + i), Gradients.numbers(numbers, WIDTH));
        }
        return teacher;
    }
}
