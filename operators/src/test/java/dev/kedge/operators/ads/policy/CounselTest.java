// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.policy.Policy.Costs;
import dev.kedge.operators.ads.policy.Policy.Decision;
import dev.kedge.operators.ads.policy.Policy.Ground;
import dev.kedge.operators.ads.policy.Policy.Rule;
import dev.kedge.operators.ads.policy.Policy.Situation;
import dev.kedge.operators.ads.policy.Policy.Steadiness;
import dev.kedge.state.ads.AdviceNote;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounselTest {
    private static final long DAY = 86_400_000L;
    private static final Costs COSTS = new Costs(1, 0.2, 0, Duration.ofDays(1), Duration.ZERO, 0);

    private final AdviceNote note = new AdviceNote();

    private static Counsel counsel(double leave, int holdDays, Costs costs) {
        return new Counsel(
                new Policy(
                        Rule.THRESHOLDS,
                        3,
                        0.5,
                        0.25,
                        100,
                        0,
                        List.of(),
                        costs,
                        new Steadiness(leave, Duration.ofDays(holdDays))));
    }

    private Decision advise(Counsel counsel, double day, double probability) {
        return counsel.advise(
                note,
                Math.round(day * DAY),
                new Situation(probability, false, 1000, 10, -1),
                10 * day);
    }

    @Test
    void anAdviceIsTakenBackLaterThanItIsGiven() {
        Counsel counsel = counsel(0.5, 0, COSTS);

        assertThat(advise(counsel, 1, 0.5).action()).isEqualTo(Action.STOP);
        assertThat(advise(counsel, 2, 0.26).action()).isEqualTo(Action.STOP);
        assertThat(advise(counsel, 3, 0.24).action()).isEqualTo(Action.WATCH);
        assertThat(advise(counsel, 4, 0.13).action()).isEqualTo(Action.WATCH);
        assertThat(advise(counsel, 5, 0.12).action()).isEqualTo(Action.KEEP);
        assertThat(advise(counsel, 6, 0.24).action()).isEqualTo(Action.KEEP);
    }

    @Test
    void anAdviceIsHeldForAWhile() {
        Counsel counsel = counsel(1, 7, COSTS);

        assertThat(advise(counsel, 1, 0.3).action()).isEqualTo(Action.WATCH);
        Decision held = advise(counsel, 7.9, 0.9);
        assertThat(held.action()).isEqualTo(Action.WATCH);
        assertThat(held.ground()).isEqualTo(Ground.HELD);
        assertThat(advise(counsel, 8, 0.9).action()).isEqualTo(Action.STOP);
        assertThat(note.since()).isEqualTo(8 * DAY);
        assertThat(note.stopAt()).isEqualTo(8 * DAY);
        assertThat(note.stopSpend()).isEqualTo(80);
        assertThat(advise(counsel, 9, 0.1).action()).isEqualTo(Action.STOP);
    }

    @Test
    void theFirstAdviceAfterUnknownDoesNotWait() {
        Counsel counsel = counsel(1, 7, COSTS);

        Decision unknown = counsel.advise(note, DAY, new Situation(0.9, false, 99, 10, -1), 5);
        assertThat(unknown.action()).isEqualTo(Action.UNKNOWN);
        assertThat(note.stops()).isFalse();
        assertThat(note.levels()).as("nothing is tried on thin evidence").isZero();
        assertThat(advise(counsel, 1.5, 0.9).action()).isEqualTo(Action.STOP);
    }

    @Test
    void aStopWithoutRoomInTheBudgetComesAsSoonAsThereIsSome() {
        Costs tight = new Costs(1, 1, 0, Duration.ofDays(1), Duration.ZERO, 4);
        Counsel counsel = counsel(1, 7, tight);
        AdviceNote other = new AdviceNote();
        Situation risky = new Situation(0.9, false, 1000, 10, -1);

        assertThat(counsel.advise(other, DAY, risky, 10).action()).isEqualTo(Action.STOP);
        Decision late = counsel.advise(note, DAY, risky, 10);
        assertThat(late.action()).isEqualTo(Action.WATCH);
        assertThat(late.ground()).isEqualTo(Ground.BUDGET);
        assertThat(counsel.advise(note, 2 * DAY, risky, 20).action()).isEqualTo(Action.STOP);
    }

    @Test
    void theLevelsThatAProbabilityReachesAreNotedOnce() {
        Counsel counsel = counsel(1, 0, COSTS);
        advise(counsel, 1, 0.45);
        advise(counsel, 2, 0.35);
        advise(counsel, 3, 0.5);

        assertThat(note.levels()).isEqualTo(3);
        assertThat(note.levelAt(1)).isEqualTo(DAY);
        assertThat(note.levelSpend(2)).isEqualTo(30);
    }
}
