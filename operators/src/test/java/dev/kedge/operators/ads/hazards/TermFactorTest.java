// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.parameters.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermFactorTest {
    private final Layout.Builder layout = Layout.builder();
    private final TermFactor factor = TermFactor.learned(layout, "survival/long");
    private final float[] parameters = new float[1];
    private final float[] gradient = new float[1];

    @Test
    void aFactorIsOneParameterAndOneAtFirst() {
        assertThat(layout.build().slices())
                .singleElement()
                .satisfies(
                        slice -> {
                            assertThat(slice.name()).isEqualTo("survival/long/log-variance");
                            assertThat(slice.size()).isEqualTo(1);
                        });
        assertThat(factor.of(parameters)).isEqualTo(1);
        assertThat(TermFactor.fixed().of(parameters)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.01})
    void itTendsToOneOverTwiceTheMeanLossOfItsOwnPersonPeriodsHoweverRare(double share) {
        double mean = 0.25;
        for (int step = 0; step < 20_000; step++) {
            gradient[0] = 0;
            double term = factor.of(parameters) * share * mean;
            factor.learn(parameters, term, share, 1, gradient);
            parameters[0] -= 0.1f * gradient[0];
        }

        assertThat(factor.of(parameters)).isCloseTo(2, within(1e-3));
    }

    @Test
    void aBatchWithoutTheTermSaysNothingOfIt() {
        parameters[0] = 0.5f;

        assertThat(factor.learn(parameters, 0, 0, 1, gradient)).isZero();
        assertThat(gradient[0]).isZero();
    }
}
