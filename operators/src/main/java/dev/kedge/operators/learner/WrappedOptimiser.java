// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/**
 * An optimiser that changes how another one steps and is like it in everything else. It remembers
 * nothing beside what the other does.
 */
interface WrappedOptimiser extends Optimiser {
    /** What makes the steps. */
    Optimiser base();

    @Override
    default double rate() {
        return base().rate();
    }

    @Override
    default float maxGradient() {
        return base().maxGradient();
    }

    @Override
    default int slots() {
        return base().slots();
    }

    @Override
    default boolean startsAtRest() {
        return base().startsAtRest();
    }

    @Override
    default boolean movesWithoutGradient() {
        return base().movesWithoutGradient();
    }
}
