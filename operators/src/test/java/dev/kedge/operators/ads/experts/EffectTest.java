// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EffectTest {
    @Test
    void aLifeTableBeginsAtTheBaseHazardAndComesToTheShareThatWasStopped() {
        LifeTable table = new LifeTable(2, 0.05);

        assertThat(table.hazard(0)).isCloseTo(0.05, within(1e-15));

        for (int i = 0; i < 8; i++) {
            table.learn(0, i < 4, 1);
        }
        assertThat(table.hazard(0)).isCloseTo((4 + 0.1) / 10, within(1e-15));
        assertThat(table.hazard(1)).isCloseTo(0.05, within(1e-15));
    }

    @Test
    void ofWhomNothingIsKnownHasTheHazardPaceAndDurationOfWhatContainsIt() {
        Effect nothing = new Effect(3);

        assertThat(nothing.hazard(1, 0.125, 5)).isEqualTo(0.125);
        assertThat(nothing.pace(2)).isEqualTo(1);
        assertThat(nothing.meanLogDays(3.5, 0.1)).isEqualTo(3.5);
    }

    @Test
    void itsHazardIsDrawnToThatOfWhatContainsIt() {
        Effect effect = new Effect(3);
        effect.learn(1, true, 1, 0);
        effect.learn(1, true, 1, 0);
        effect.learn(1, false, 0.5, 0);

        assertThat(effect.hazard(1, 0.1, 5)).isCloseTo((2 + 0.5) / (2.5 + 5), within(1e-7));
        assertThat(effect.hazard(0, 0.1, 5)).isCloseTo(0.1, within(1e-7));
    }

    /** Two stops where half a stop was expected: (2 + 1) / (0.5 + 1). */
    @Test
    void itsPaceIsHowManyStoppedOverHowManyWereExpectedTo() {
        Effect effect = new Effect(3);
        effect.learn(0, true, 1, 0.25);
        effect.learn(2, true, 1, 0.25);

        assertThat(effect.pace(1)).isCloseTo(2, within(1e-15));
    }

    @Test
    void itsMeanOfLogDaysIsDrawnToThatOfWhatContainsIt() {
        Effect effect = new Effect(3);
        effect.ended(2, 1);
        effect.ended(4, 0.5);

        assertThat(effect.meanLogDays(1, 0.5)).isCloseTo((2 + 2 + 0.5) / 2, within(1e-15));
    }

    @Test
    void creativesThatAreStoppedTogetherCountLittleMoreThanOneDecision() {
        Effect effect = new Effect(3);

        assertThat(effect.weigh(1, 7)).isEqualTo(1);
        assertThat(effect.weigh(1, 7)).isCloseTo(1 / Math.sqrt(2), within(1e-15));
        assertThat(effect.weigh(2, 7)).isEqualTo(1);
        assertThat(effect.weighStop(7)).isEqualTo(1);
        assertThat(effect.weigh(1, 8)).isEqualTo(1);
    }
}
