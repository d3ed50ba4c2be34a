// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.policy.Policy.Costs;
import dev.kedge.operators.ads.policy.Policy.Rule;
import dev.kedge.operators.ads.policy.Policy.Situation;
import dev.kedge.operators.ads.policy.Policy.Steadiness;
import dev.kedge.operators.ads.policy.Reckoning.Life;
import dev.kedge.operators.ads.policy.Reckoning.Stop;
import dev.kedge.operators.ads.policy.Reckoning.Sum;
import dev.kedge.state.ads.AdviceNote;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReckoningTest {
    private static final long DAY = 86_400_000L;
    private static final Policy POLICY =
            new Policy(
                    Rule.THRESHOLDS,
                    3,
                    0.5,
                    0.25,
                    0,
                    0,
                    List.of(),
                    new Costs(1, 0.2, 5, Duration.ofDays(1), Duration.ZERO, 0),
                    Steadiness.NONE);
    private static final Stop STOP = new Stop(2 * DAY, 20);

    private final Reckoning reckoning = new Reckoning(POLICY);

    private Sum after(Life life) {
        return reckoning.add(Sum.NONE, STOP, life);
    }

    @Test
    void whatEndedWithinTheHorizonIsSaved() {
        Sum sum = after(new Life(5 * DAY, true, false, 50));
        assertThat(sum).isEqualTo(new Sum(1, 0, 0, 30, 0, 0, 3));
        assertThat(reckoning.worth(sum)).isEqualTo(30);
    }

    @Test
    void whatRightlyRanOnForWeeksIsLostAndNotSaved() {
        Sum sum = after(new Life(30 * DAY, true, false, 320));
        assertThat(sum).isEqualTo(new Sum(0, 1, 0, 0, 300, 0, 0));
        assertThat(reckoning.worth(sum)).isCloseTo(-0.2 * 300 - 5, within(1e-9));
    }

    @Test
    void whatIsNotKnownIsApartAndWorthNothing() {
        Sum running = after(Life.running(5 * DAY, 50));
        Sum lost = after(new Life(4 * DAY, true, true, 40));
        assertThat(running).isEqualTo(new Sum(0, 0, 1, 0, 0, 30, 0));
        assertThat(lost).isEqualTo(new Sum(0, 0, 1, 0, 0, 20, 0));
        assertThat(reckoning.worth(running)).isZero();
        assertThat(after(Life.running(5 * DAY + 1, 50)).wrong()).isEqualTo(1);
    }

    /**
     * From 30 % on 30 are right, by 10 each, and 30 wrong; from 40 % on only the right ones are
     * stopped.
     */
    @Test
    void theBestThresholdIsTheOneOfTheGreatestWorth() {
        AdviceTally tally = new AdviceTally(POLICY);
        assertThat(tally.bestThreshold()).isEmpty();
        for (int i = 0; i < 30; i++) {
            tally.add(advised(0.55), new Life(3 * DAY, true, false, 30));
            tally.add(advised(0.35), new Life(9 * DAY, true, false, 60));
        }

        assertThat(tally.stops().right()).isEqualTo(30);
        assertThat(tally.worth()).isCloseTo(300, within(1e-9));
        assertThat(tally.bestThreshold()).hasValue(0.4);
        assertThat(tally.bestWorth()).isCloseTo(300, within(1e-9));

        BinaryWriter out = new BinaryWriter(64);
        tally.write(out);
        AdviceTally restored = new AdviceTally(POLICY);
        restored.read(Envelope.open(Envelope.seal(Family.ADVICE, 2, out), Family.ADVICE, 2));
        assertThat(restored.stops()).isEqualTo(tally.stops());
        assertThat(restored.bestWorth()).isEqualTo(tally.bestWorth());
    }

    @Test
    void aThresholdThatLosesMoneyProvesNothing() {
        AdviceTally tally = new AdviceTally(POLICY);
        for (int i = 0; i < 40; i++) {
            tally.add(advised(0.9), new Life(9 * DAY, true, false, 60));
        }
        assertThat(tally.bestThreshold()).isEmpty();
        assertThat(tally.bestWorth()).isZero();
    }

    private static AdviceNote advised(double probability) {
        AdviceNote note = new AdviceNote();
        new Counsel(POLICY)
                .advise(note, 2 * DAY, new Situation(probability, false, 10, 10, -1), 20);
        return note;
    }
}
