// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.state.settings.Checks;
import java.io.Serializable;

/**
 * How steps are made.
 *
 * @param kind which optimiser
 * @param rate its rate
 * @param momentum of SGD
 * @param decay of the parameters
 * @param schedule the rate by step
 */
public record OptimiserSettings(
        OptimiserName kind, double rate, double momentum, double decay, RateSchedule schedule)
        implements Serializable {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** Checks the numbers. */
    public OptimiserSettings {
        Checks.require(rate > 0 && rate <= 100, "optimiser.rate", rate, "above 0, at most 100");
        Checks.require(
                momentum >= 0 && momentum < 1,
                "optimiser.momentum",
                momentum,
                "at least 0 and below 1");
        Checks.require(decay >= 0, "optimiser.decay", decay, "at least 0");
    }

    /** The optimiser. */
    public Optimiser make() {
        return schedule.of(unscheduled());
    }

    private Optimiser unscheduled() {
        if (kind == OptimiserName.ADAM) {
            return new Adam(rate, BETA_1, BETA_2, EPSILON, decay);
        }
        return momentum == 0 && decay == 0 ? new Sgd(rate) : new MomentumSgd(rate, momentum, decay);
    }
}
