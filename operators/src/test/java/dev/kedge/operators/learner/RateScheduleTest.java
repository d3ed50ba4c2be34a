// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.learner.RateSchedule.Shape;
import dev.kedge.state.settings.Schema;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
    private static double[] factors(RateSchedule schedule, long from, long to) {
        return LongStream.rangeClosed(from, to).mapToDouble(schedule::factor).toArray();
    }

    @Test
    void theWarmUpRisesInEqualPartsToTheWholeRate() {
        RateSchedule schedule = new RateSchedule(Shape.CONSTANT, 4, 1, List.of(), 0.1, 0);

        assertThat(factors(schedule, 1, 6)).containsExactly(0.25, 0.5, 0.75, 1, 1, 1);
    }

    @Test
    void theCosineFallsFromTheWholeRateToItsFloorAndStaysThere() {
        RateSchedule schedule = new RateSchedule(Shape.COSINE, 2, 4, List.of(), 0.1, 0.2);
        double half = 0.4 * Math.sqrt(0.5);

        assertThat(factors(schedule, 1, 9))
                .containsExactly(
                        new double[] {0.5, 1, 1, 0.6 + half, 0.6, 0.6 - half, 0.2, 0.2, 0.2},
                        within(1e-12));
    }

    @Test
    void stepsDecayEverySoManyStepsDownToTheFloor() {
        RateSchedule schedule = new RateSchedule(Shape.STEPS, 1, 2, List.of(), 0.5, 0.2);

        assertThat(factors(schedule, 1, 9))
                .containsExactly(1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2);
    }

    @Test
    void milestonesDecayAtTheStepsThatAreNamed() {
        RateSchedule schedule = new RateSchedule(Shape.MILESTONES, 0, 1, List.of(1L, 4L), 0.1, 0);

        assertThat(factors(schedule, 1, 6))
                .containsExactly(new double[] {1, 0.1, 0.1, 0.1, 0.01, 0.01}, within(1e-15));
    }

    @Test
    void anOptimiserUnderAScheduleMakesTheStepOfTheScheduledRate() {
        RateSchedule schedule = new RateSchedule(Shape.STEPS, 0, 1, List.of(), 0.5, 0);
        Optimiser scheduled = schedule.of(new MomentumSgd(0.2, 0.9, 0.1));
        float[] actual = {1, 2};
        float[] expected = {1, 2};
        float[][] slots = new float[1][2];
        float[][] expectedSlots = new float[1][2];
        float[] gradient = {0.3f, -0.4f};
        for (long step = 1; step <= 3; step++) {
            scheduled.step(actual, gradient, slots, step);
            new MomentumSgd(0.2 * Math.pow(0.5, step - 1), 0.9, 0.1)
                    .step(expected, gradient, expectedSlots, step);
        }

        assertThat(actual).containsExactly(expected);
        assertThat(slots[0]).containsExactly(expectedSlots[0]);
        assertThat(scheduled.slots()).isEqualTo(1);
        assertThat(scheduled.movesWithoutGradient()).isTrue();
    }

    @Test
    void aRateThatIsSetAtRunTimeIsWhatTheFactorMultiplies() {
        RateSchedule schedule = new RateSchedule(Shape.CONSTANT, 2, 1, List.of(), 0.1, 0);
        Optimiser scheduled = schedule.of(new Sgd(0.1)).withRate(4);
        float[] parameters = {0};

        scheduled.step(parameters, new float[] {1}, new float[0][], 1);

        assertThat(parameters).containsExactly(-2);
        assertThat(scheduled.rate()).isEqualTo(4);
        assertThat(scheduled.movesWithoutGradient()).isFalse();
    }

    @Test
    void aConstantScheduleIsTheOptimiserItself() {
        Optimiser adam = new Adam(0.01);

        assertThat(RateSchedule.CONSTANT.of(adam)).isSameAs(adam);
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Schema.checked(
                                        new RateSchedule(Shape.COSINE, -1, 1, List.of(), 0.1, 0)))
                .withMessage("warm-up: -1 is not allowed; it must be at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Schema.checked(
                                        new RateSchedule(Shape.COSINE, 0, 0, List.of(), 0.1, 0)))
                .withMessageContaining("length: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Schema.checked(
                                        new RateSchedule(
                                                Shape.STEPS, 0, 1, List.of(5L, 5L), 0.1, 0)))
                .withMessageContaining("milestones: [5, 5]");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Schema.checked(
                                        new RateSchedule(
                                                Shape.MILESTONES, 0, 1, List.of(), 0.1, 0)))
                .withMessageContaining("milestones: []");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Schema.checked(new RateSchedule(Shape.STEPS, 0, 1, List.of(), 0, 0)))
                .withMessageContaining("decay: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Schema.checked(
                                        new RateSchedule(Shape.COSINE, 0, 1, List.of(), 0.1, 2)))
                .withMessageContaining("least: 2.0");
    }
}
