// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PersonPeriodsTest {

    private static PersonPeriods one(int interval, boolean event, int entry) {
        return PersonPeriods.of(new int[] {interval}, new boolean[] {event}, new int[] {entry}, 4);
    }

    @Test
    void anEventIsAtRiskThroughItsIntervalAndLabelledThere() {
        assertThat(one(2, true, 0).atRisk()).containsExactly(1, 1, 1, 0);
        assertThat(one(2, true, 0).labels()).containsExactly(0, 0, 1, 0);
    }

    @Test
    void aCensoredCreativeIsAtRiskBeforeItsIntervalWithoutLabel() {
        assertThat(one(2, false, 0).atRisk()).containsExactly(1, 1, 0, 0);
        assertThat(one(2, false, 0).labels()).containsOnly(0);
        assertThat(one(0, false, 0).atRisk()).containsOnly(0);
        assertThat(one(4, false, 0).atRisk()).containsOnly(1);
    }

    @Test
    void lateEntryIsAtRiskFromThereOn() {
        assertThat(one(3, true, 2).atRisk()).containsExactly(0, 0, 1, 1);
        assertThat(one(3, false, 3).atRisk()).containsOnly(0);
    }

    @Test
    void anEventBeforeTheEntryIsNotSeen() {
        assertThat(one(1, true, 2).labels()).containsOnly(0);
        assertThat(one(1, true, 2).atRisk()).containsOnly(0);
    }

    @Test
    void anEventPastTheAxisOutlivesIt() {
        assertThat(one(6, true, 1).atRisk()).containsExactly(0, 1, 1, 1);
        assertThat(one(6, true, 1).labels()).containsOnly(0);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> one(-1, true, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> one(1, true, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PersonPeriods.of(new int[2], new boolean[1], 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PersonPeriods(2, 2, new double[4], new double[3]));
    }
}
