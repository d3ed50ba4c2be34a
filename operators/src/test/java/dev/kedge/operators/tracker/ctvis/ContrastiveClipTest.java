// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.testing.Gradients;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip.Item;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip.Negatives;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip.Settings;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip.Source;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the golden vectors do not fix: every option's gradient, bounds, and values by hand. */
class ContrastiveClipTest {
    private static final int WIDTH = 3;
    private static final int FRAMES = 6;
    private static final int DETECTIONS = 4;
    private static final int INSTANCES = 3;

    @ParameterizedTest
    @CsvSource({
        "PREVIOUS_FRAME, true, false, 10, 0",
        "PREVIOUS_FRAME, true, true, 2, 2",
        "PREVIOUS_FRAME, false, false, 10, 1",
        "BANK, true, true, 10, 0",
        "BANK, true, false, 1, 3",
        "BANK, false, true, 3, 0"
    })
    void gradientsAgreeWithCentralDifferences(
            Negatives negatives, boolean bank, boolean noiseAnchors, int history, int constants) {
        for (int seed = 0; seed < 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ClipPlan plan = plan(random);
            double[] rows = Gradients.numbers(random, plan.rows() * WIDTH);
            double[] before = Gradients.numbers(random, constants * WIDTH);
            ContrastiveClip clip =
                    new ContrastiveClip(
                            new Settings(negatives, bank, noiseAnchors, history, 2, 3), WIDTH);
            double[] gradient = new double[rows.length];
            clip.evaluate(plan, with(rows, before), constants, 1, gradient);

            assertThat(clip.items()).isNotEmpty();
            Gradients.assertGradient(
                    gradient,
                    r -> clip.evaluate(plan, with(r, before), constants, 1, new double[r.length]),
                    rows);
        }
    }

    private static double[] with(double[] rows, double[] constants) {
        double[] all = Arrays.copyOf(rows, rows.length + constants.length);
        System.arraycopy(constants, 0, all, rows.length, constants.length);
        return all;
    }

    /** Instances come and go; wrong rows stand in for some. */
    private static ClipPlan plan(SplittableRandom random) {
        ClipPlan plan = new ClipPlan();
        plan.begin(INSTANCES);
        for (int t = 0; t < FRAMES; t++) {
            plan.addFrame(DETECTIONS);
            for (int i = 0; i < INSTANCES; i++) {
                if (random.nextInt(4) > 0) {
                    plan.show(i, i);
                } else if (random.nextBoolean()) {
                    plan.confuse(i, DETECTIONS - 1);
                }
                if (random.nextBoolean()) {
                    plan.useAverage(i);
                }
            }
        }
        return plan;
    }

    @Test
    void theScaleIsThatOfTheGradientAlone() {
        SplittableRandom random = new SplittableRandom(1);
        ClipPlan plan = plan(random);
        double[] rows = Gradients.numbers(random, plan.rows() * WIDTH);
        ContrastiveClip clip = new ContrastiveClip(Settings.REFERENCE, WIDTH);
        double[] once = new double[rows.length];
        double[] halved = new double[rows.length];

        assertThat(clip.evaluate(plan, rows, 0, 0.5, halved))
                .isEqualTo(clip.evaluate(plan, rows, 0, 1, once));
        for (int k = 0; k < once.length; k++) {
            assertThat(halved[k]).isCloseTo(once[k] / 2, within(1e-12));
        }
    }

    @Test
    void withoutABankThePositiveIsOfTheFrameBeforeOrThereIsNoItem() {
        ClipPlan plan = new ClipPlan();
        plan.begin(1);
        for (int t = 0; t < 4; t++) {
            plan.addFrame(2);
            if (t != 2) {
                plan.show(0, 0);
            }
            plan.useAverage(0);
        }
        double[] rows = Gradients.numbers(new SplittableRandom(2), plan.rows() * WIDTH);
        Settings alone = new Settings(Negatives.PREVIOUS_FRAME, false, false, 10, 2, 3);
        ContrastiveClip single = new ContrastiveClip(alone, WIDTH);
        ContrastiveClip banked = new ContrastiveClip(Settings.REFERENCE, WIDTH);
        single.evaluate(plan, rows, 0, 1, new double[rows.length]);
        banked.evaluate(plan, rows, 0, 1, new double[rows.length]);

        assertThat(single.items()).extracting(Item::frame).containsExactly(1);
        assertThat(single.items()).extracting(Item::source).containsExactly(Source.LATEST);
        assertThat(banked.items()).extracting(Item::frame).containsExactly(1, 3);
        assertThat(banked.items()).extracting(Item::positiveFrame).containsExactly(0, 1);
        assertThat(plan.hasItems(alone, 0)).isTrue();
    }

    @Test
    void anInstanceSeenOnceAndAnEmptyClipHaveNoItem() {
        ClipPlan plan = new ClipPlan();
        plan.begin(1);
        plan.addFrame(2);
        plan.addFrame(0);
        plan.addFrame(2);
        plan.show(0, 1);
        double[] gradient = new double[plan.rows() * WIDTH];
        ContrastiveClip clip = new ContrastiveClip(Settings.REFERENCE, WIDTH);

        assertThat(clip.evaluate(plan, new double[gradient.length], 0, 1, gradient)).isZero();
        assertThat(clip.items()).isEmpty();
        assertThat(plan.hasItems(Settings.REFERENCE, 0)).isFalse();
        assertThat(gradient).containsOnly(0);
        plan.begin(0);
        assertThat(clip.evaluate(plan, new double[0], 0, 1, gradient)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Negatives.class)
    void anAnchorWithNobodyElseBeforeItIsNoItemAndDoesNotCountInTheMean(Negatives negatives) {
        ClipPlan plan = new ClipPlan();
        plan.begin(1);
        for (int detections : new int[] {1, 2, 1}) {
            plan.addFrame(detections);
            plan.show(0, 0);
        }
        Settings settings = new Settings(negatives, true, false, 10, 2, 3);
        double[] rows = Gradients.numbers(new SplittableRandom(3), plan.rows() * WIDTH);
        ContrastiveClip clip = new ContrastiveClip(settings, WIDTH);
        clip.evaluate(plan, rows, 0, 1, new double[rows.length]);

        assertThat(clip.items()).extracting(Item::frame).containsExactly(2);
        assertThat(clip.auxiliary()).isEqualTo(clip.items().get(0).auxiliary()).isPositive();
        assertThat(clip.embedding()).isEqualTo(clip.items().get(0).loss()).isPositive();
        assertThat(plan.hasItems(settings, 0)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Negatives.class)
    void aClipOfOneInstanceAloneTeachesNothingUnlessTheBankHasOthers(Negatives negatives) {
        ClipPlan plan = new ClipPlan();
        plan.begin(1);
        for (int t = 0; t < 3; t++) {
            plan.addFrame(1);
            plan.show(0, 0);
        }
        Settings settings = new Settings(negatives, true, false, 10, 2, 3);
        double[] rows = Gradients.numbers(new SplittableRandom(4), plan.rows() * WIDTH);
        double[] gradient = new double[rows.length];
        ContrastiveClip clip = new ContrastiveClip(settings, WIDTH);

        assertThat(clip.evaluate(plan, rows, 0, 1, gradient)).isZero();
        assertThat(clip.items()).isEmpty();
        assertThat(gradient).containsOnly(0);
        assertThat(plan.hasItems(settings, 0)).isFalse();
        assertThat(plan.hasItems(settings, 1)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PREVIOUS_FRAME, true", "PREVIOUS_FRAME, false", "BANK, true", "BANK, false"})
    void aPlanHasItemsIfAndOnlyIfTheClipFindsSome(Negatives negatives, boolean bank) {
        Settings settings = new Settings(negatives, bank, false, 10, 2, 3);
        ContrastiveClip clip = new ContrastiveClip(settings, WIDTH);
        SplittableRandom random = new SplittableRandom(6);
        int empty = 0;
        for (int round = 0; round < 300; round++) {
            ClipPlan plan = sparse(random);
            double[] rows = Gradients.numbers(random, plan.rows() * WIDTH);
            clip.evaluate(plan, rows, 0, 1, new double[rows.length]);
            assertThat(plan.hasItems(settings, 0)).isEqualTo(!clip.items().isEmpty());
            empty += clip.items().isEmpty() ? 1 : 0;
        }
        assertThat(empty).isBetween(30, 290);
    }

    /** Three frames of few detections, each often empty. */
    private static ClipPlan sparse(SplittableRandom random) {
        ClipPlan plan = new ClipPlan();
        plan.begin(2);
        for (int t = 0; t < 3; t++) {
            int detections = random.nextInt(3);
            plan.addFrame(detections);
            for (int d = 0; d < detections; d++) {
                int instance = random.nextInt(4);
                if (instance < 2 && !plan.shows(instance)) {
                    plan.show(instance, d);
                }
            }
        }
        return plan;
    }

    @Test
    void constantsAreNegativesOfEveryItem() {
        ClipPlan plan = new ClipPlan();
        plan.begin(1);
        for (int t = 0; t < 2; t++) {
            plan.addFrame(1);
            plan.show(0, 0);
        }
        ContrastiveClip clip =
                new ContrastiveClip(
                        new Settings(Negatives.PREVIOUS_FRAME, true, false, 10, 1, 0), 1);
        // v = 1, k+ = 2, one negative 3 from before: log(1 + exp(3 - 2))
        double loss = clip.evaluate(plan, new double[] {2, 1, 3}, 1, 1, new double[2]);

        assertThat(loss).isCloseTo(Math.log(1 + Math.E), within(1e-15));
        assertThat(clip.items().get(0).negatives()).isEqualTo(1);
    }

    @Test
    void aHistoryOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ContrastiveClip(
                                        new Settings(Negatives.BANK, true, false, 0, 2, 3), 4))
                .withMessageContaining("history: 0");
    }
}
