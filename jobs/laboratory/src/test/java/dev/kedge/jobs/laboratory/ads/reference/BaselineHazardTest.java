// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.metrics.Outcomes;
import org.junit.jupiter.api.Test;

class BaselineHazardTest {
    @Test
    void itGrowsByTheEventsOverWhoIsAtRisk() {
        // By hand: at 1 one event of risks e^0 + e^0 + e^ln2 + e^0 = 5; at 2 two events, 4 at risk;
        // at 3 a censored one.
        double[] risks = {0, 0, Math.log(2), 0};
        Outcomes outcomes =
                new Outcomes(new double[] {1, 2, 2, 3}, new boolean[] {true, true, true, false});
        BaselineHazard baseline = BaselineHazard.of(outcomes, risks);

        assertThat(baseline.survival(0, 0.5)).isEqualTo(1);
        assertThat(baseline.survival(0, 1)).isCloseTo(Math.exp(-0.2), within(1e-12));
        assertThat(baseline.survival(0, 1.9)).isCloseTo(Math.exp(-0.2), within(1e-12));
        assertThat(baseline.survival(0, 2)).isCloseTo(Math.exp(-0.7), within(1e-12));
        assertThat(baseline.survival(0, 99)).isCloseTo(Math.exp(-0.7), within(1e-12));
        assertThat(baseline.survival(Math.log(2), 2)).isCloseTo(Math.exp(-1.4), within(1e-12));
    }
}
