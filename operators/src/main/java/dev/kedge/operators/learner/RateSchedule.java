// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;
import java.util.List;

/**
 * The learning rate by step, as a factor of the optimiser's own. It depends on the number of the
 * step alone, which is part of a model's state, so a restored model goes on where it was.
 *
 * <p>First comes a linear warm-up: step s of w has the factor s/w. Then t steps after it:
 *
 * <ul>
 *   <li>constant: 1;
 *   <li>cosine (Loshchilov and Hutter 2017, without restarts): {@code least + (1 - least) / 2 (1 +
 *       cos(pi t / length))}, and {@code least} from {@code length} on;
 *   <li>steps: {@code decay^floor(t / length)}, not below {@code least};
 *   <li>milestones: {@code decay} to the number of milestones that t has reached, not below {@code
 *       least}.
 * </ul>
 *
 * <p>A stream has no end, so cosine and steps end in a floor that should be above 0.
 */
@PublicApi
public record RateSchedule(
        @Meaning(
                        "The rate by step: always the same; down along half a cosine to `least`; down by `decay` every `length` steps; down by `decay` at each of `milestones`.")
                Shape shape,
        @Meaning(
                        "Steps in which the rate first rises linearly from 0; all other steps count from its end. 0 for none.")
                @Range(min = 0)
                long warmUp,
        @Meaning("Steps of the cosine, or between two decays of `steps`.") @Range(min = 1)
                long length,
        @Meaning("Steps at which `milestones` decays, rising.") List<Long> milestones,
        @Meaning("Factor of each decay; above 0, at most 1.") @Range(above = 0, max = 1)
                double decay,
        @Meaning("Least share of the rate after the warm-up; 0 to 1.") @Range(min = 0, max = 1)
                double least)
        implements Serializable {
    /** No schedule. */
    public static final RateSchedule CONSTANT =
            new RateSchedule(Shape.CONSTANT, 0, 1000, List.of(), 0.1, 0);

    /** What follows the warm-up. */
    public enum Shape {
        /** Always the same. */
        CONSTANT,
        /** Down along half a cosine. */
        COSINE,
        /** Down by a factor every so many steps. */
        STEPS,
        /** Down by a factor at given steps. */
        MILESTONES
    }

    /** Freezes and checks the list. */
    public RateSchedule {
        milestones = List.copyOf(milestones);
        Checks.require(rising(milestones), "milestones", milestones, "rising, all above 0");
        Checks.require(
                shape != Shape.MILESTONES || !milestones.isEmpty(),
                "milestones",
                milestones,
                "at least one step for the shape milestones");
    }

    private static boolean rising(List<Long> steps) {
        long before = 0;
        for (long step : steps) {
            if (step <= before) {
                return false;
            }
            before = step;
        }
        return true;
    }

    /**
     * The factor of a step.
     *
     * @param step its number, from 1
     */
    public double factor(long step) {
        if (step <= warmUp) {
            return (double) step / warmUp;
        }
        long t = step - warmUp - 1;
        return switch (shape) {
            case CONSTANT -> 1;
            case COSINE -> cosine(t);
            case STEPS -> Math.max(least, Math.pow(decay, Math.floorDiv(t, length)));
            case MILESTONES -> Math.max(least, Math.pow(decay, reached(t)));
        };
    }

    private double cosine(long t) {
        return t >= length ? least : least + (1 - least) / 2 * (1 + Math.cos(Math.PI * t / length));
    }

    private int reached(long t) {
        int reached = 0;
        while (reached < milestones.size() && milestones.get(reached) <= t) {
            reached++;
        }
        return reached;
    }

    /** An optimiser whose rate follows this schedule; the optimiser itself if it is constant. */
    public Optimiser of(Optimiser optimiser) {
        return shape == Shape.CONSTANT && warmUp == 0
                ? optimiser
                : new ScheduledOptimiser(optimiser, this);
    }
}
