// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/** One sweep over the flat vector. Holds no state: what it remembers lies in the slots. */
public interface Optimiser {
    /** No gradient of a sane step has values beyond this. */
    float MAX_GRADIENT = 1e6f;

    /** No sane step moves a parameter by more than this. */
    float MAX_MOVE = 10;

    /** How many vectors of the parameters' length it remembers. */
    int slots();

    /**
     * Makes one step.
     *
     * @param parameters changed in place
     * @param gradient of the loss, same length
     * @param slots {@link #slots()} vectors of the same length, changed in place
     * @param step number of this step, from 1
     */
    void step(float[] parameters, float[] gradient, float[][] slots, long step);

    /**
     * Largest value of a gradient that a step may be made by. Beyond it a step would throw the
     * parameters far off, or fill the slots with what takes ages to be forgotten.
     */
    default float maxGradient() {
        return MAX_GRADIENT;
    }

    /** Its learning rate; under a schedule, the one that the schedule's factor multiplies. */
    double rate();

    /** The same at another learning rate, over the same slots. */
    Optimiser withRate(double rate);

    /** Whether a parameter can move although its gradient is 0: by momentum or decay. */
    default boolean movesWithoutGradient() {
        return slots() > 0;
    }
}
