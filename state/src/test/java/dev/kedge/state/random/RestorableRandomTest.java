// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestorableRandomTest {
    @Test
    void aRestoredGeneratorGoesOnWhereTheFirstOneStood() {
        RestorableRandom first = RestorableRandom.seeded(7, "model");
        first.nextDouble();
        first.nextInt(10);
        RestorableRandom second = RestorableRandom.restored(first.state());

        for (int i = 0; i < 100; i++) {
            assertThat(second.nextDouble()).isEqualTo(first.nextDouble());
            assertThat(second.nextInt(1000)).isEqualTo(first.nextInt(1000));
        }
    }

    @Test
    void everyNameDrawsItsOwnNumbers() {
        assertThat(RestorableRandom.seeded(7, "a").nextDouble())
                .isNotEqualTo(RestorableRandom.seeded(7, "b").nextDouble())
                .isEqualTo(RestorableRandom.seeded(7, "a").nextDouble());
    }
}
