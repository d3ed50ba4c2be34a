// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntervalSettingsTest {
    private static final IntervalSettings EIGHT =
            new IntervalSettings(true, 0.9, 2000, 0.05, 8, 200);

    @Test
    void advertisersAreDealtEvenlyHoweverAlikeTheirNamesAre() {
        int[] dealt = new int[8];
        for (int i = 0; i < 8000; i++) {
            dealt[EIGHT.group("advertiser " + i)]++;
        }

        for (int count : dealt) {
            assertThat(count).isBetween(800, 1200);
        }
        assertThat(EIGHT.group("")).isBetween(0, 7);
    }

    @Test
    void anAdvertiserIsInTheSameGroupForEver() {
        assertThat(EIGHT.group("acme")).isEqualTo(EIGHT.group("acme"));
        assertThat(IntervalSettings.dealt("c-1", 24)).isEqualTo(IntervalSettings.dealt("c-1", 24));
    }
}
