// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.005S, 5 ms",
        "PT10S, 10 s",
        "PT1M30S, 90 s",
        "PT90M, 90 min",
        "PT48H, 2 d",
        "PT-5S, -5 s",
        "PT0.000007S, 7 \u00b5s",
        "PT1.000000001S, 1000000001 ns",
        "PT0.000000042S, 42 ns"
    })
    void aDurationIsWrittenInItsLargestWholeUnit(Duration duration, String word) {
        assertThat(Durations.word(duration)).isEqualTo(word);
    }

    @Test
    void aRefusedDurationIsWrittenSoAsWell() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checks.require(false, "every", Duration.ofMillis(5), "longer"))
                .withMessage("every: 5 ms is not allowed; it must be longer");
    }
}
