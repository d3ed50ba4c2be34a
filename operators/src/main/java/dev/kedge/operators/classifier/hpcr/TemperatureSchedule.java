// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;

/**
 * HPCR's temperature component: the factor kappa of the contrastive loss runs through a cosine
 * between two values. {@code kappa(i) = least + (most - least) / 2 * (1 - cos(2 pi i / period))}; a
 * gradient of temperature {@code tau / kappa} at probabilities of temperature tau.
 */
@PublicApi
public record TemperatureSchedule(
        @Meaning("Least factor of HPCR's temperature component.") double least,
        @Meaning("Largest factor.") double most,
        @Meaning("Steps of its period; at least 1.") @Range(min = 1) int period)
        implements Serializable {
    /** The authors' values: 0.5625 to 1.8 over 500 steps. */
    public static final TemperatureSchedule REFERENCE = new TemperatureSchedule(0.5625, 1.8, 500);

    /** No schedule: kappa is 1. */
    public static final TemperatureSchedule CONSTANT = new TemperatureSchedule(1, 1, 1);

    /** Kappa at a step. */
    public double factor(long step) {
        double turn = 2 * Math.PI * (step % period) / period;
        return least + (most - least) / 2 * (1 - Math.cos(turn));
    }
}
