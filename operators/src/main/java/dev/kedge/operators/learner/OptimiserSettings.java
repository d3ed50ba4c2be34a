// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;

/** How steps are made. */
@PublicApi
public record OptimiserSettings(
        @Meaning("Which optimiser.") OptimiserName kind,
        @Meaning("Its rate, which the schedule multiplies; above 0, at most 100.")
                @Range(above = 0, max = 100)
                double rate,
        @Meaning("Momentum of `sgd`; at least 0, below 1.") @Range(min = 0, below = 1)
                double momentum,
        @Meaning("Decay of the parameters; at least 0.") @Range(min = 0) double decay,
        @Meaning(
                        "Largest length of the gradient of a step; a longer one is scaled down to it. 0 for no limit.")
                @Range(min = 0)
                double clip,
        RateSchedule schedule)
        implements Serializable {
    /** Plain SGD at 0.1. */
    public static final OptimiserSettings SGD = of(OptimiserName.SGD, 0.1);

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** Without momentum, decay or schedule. */
    public static OptimiserSettings of(OptimiserName kind, double rate) {
        return new OptimiserSettings(kind, rate, 0, 0, 0, RateSchedule.CONSTANT);
    }

    /** The optimiser. */
    public Optimiser make() {
        Optimiser made = schedule.of(unscheduled());
        return clip == 0 ? made : new ClippedOptimiser(made, clip);
    }

    private Optimiser unscheduled() {
        if (kind == OptimiserName.ADAM) {
            return new Adam(rate, BETA_1, BETA_2, EPSILON, decay);
        }
        return momentum == 0 && decay == 0 ? new Sgd(rate) : new MomentumSgd(rate, momentum, decay);
    }
}
