// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.hpcr;

import java.io.Serializable;

/**
 * HPCR's temperature component: the factor kappa of the contrastive loss runs through a cosine
 * between two values. {@code kappa(i) = least + (most - least) / 2 * (1 - cos(2 pi i / period))}; a
 * gradient of temperature {@code tau / kappa} at probabilities of temperature tau.
 *
 * @param least kappa at step 0
 * @param most kappa half a period later
 * @param period steps
 */
public record TemperatureSchedule(double least, double most, int period) implements Serializable {
    /** The authors' values: 0.5625 to 1.8 over 500 steps. */
    public static final TemperatureSchedule REFERENCE = new TemperatureSchedule(0.5625, 1.8, 500);

    /** No schedule: kappa is 1. */
    public static final TemperatureSchedule CONSTANT = new TemperatureSchedule(1, 1, 1);

    /** Checks the period. */
    public TemperatureSchedule {
        if (period < 1) {
            throw new IllegalArgumentException(
                    "schedule.period: " + period + " is not allowed; it must be at least 1");
        }
    }

    /** Kappa at a step. */
    public double factor(long step) {
        double turn = 2 * Math.PI * (step % period) / period;
        return least + (most - least) / 2 * (1 - Math.cos(turn));
    }
}
