// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DurationsTest {
    private static final double[] LOG_STARTS = {
        0, Math.log1p(5), Math.log1p(10), Math.log1p(20), Math.log1p(40)
    };

    /** The log-logistic distribution: half of them live longer than its mean log. */
    @Test
    void halfOfThemOutliveTheMeanAsTheHazardsSay() {
        double[] logits = new double[4];

        new Durations(3).logits(Math.log1p(10), LOG_STARTS, logits, 0, 0, 4);

        double scale = Math.sqrt(3) / Math.PI;
        double first = 1 / (1 + Math.exp(-Math.log1p(10) / scale));
        double survival = (1 - Odds.sigmoid(logits[0])) * (1 - Odds.sigmoid(logits[1]));
        assertThat(survival).isCloseTo(0.5 / first, within(1e-12));
    }

    @Test
    void whoseCreativesRanLongerHaveLowerHazardsAtEveryAge() {
        double[] logits = new double[8];
        Durations durations = new Durations(3);

        durations.logits(2, LOG_STARTS, logits, 0, 0, 4);
        durations.logits(2.5, LOG_STARTS, logits, 4, 0, 4);

        for (int k = 0; k < 4; k++) {
            assertThat(logits[4 + k]).isLessThan(logits[k]);
        }
    }

    /** The prior of 3 is worth one stop. */
    @Test
    void theMeanOfAllIsThatOfTheStops() {
        Durations durations = new Durations(3);
        durations.learn(1, 1, 1);
        durations.learn(2, 0.5, 2);

        assertThat(durations.mean()).isCloseTo((3 + 1 + 1) / 2.5, within(1e-12));
    }

    @Test
    void whereTheMeansHaveBeenRightTheHazardsAreSteep() {
        Durations sure = new Durations(3);
        for (int i = 0; i < 500; i++) {
            sure.learn(2, 1, 2);
        }
        double[] logits = new double[8];

        sure.logits(Math.log1p(10), LOG_STARTS, logits, 0, 0, 4);
        new Durations(3).logits(Math.log1p(10), LOG_STARTS, logits, 4, 0, 4);

        assertThat(logits[0]).isLessThan(logits[4] - 2);
        assertThat(logits[2]).isGreaterThan(logits[6] + 2);
    }
}
