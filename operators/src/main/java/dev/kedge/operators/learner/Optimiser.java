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
    default void step(float[] parameters, float[] gradient, float[][] slots, long step) {
        step(parameters, gradient, slots, Ranges.whole(parameters.length), step);
    }

    /**
     * Makes one step of some of the parameters. All others rest.
     *
     * @param parameters changed in place
     * @param gradient of the loss, same length; nought outside of the ranges
     * @param slots {@link #slots()} vectors of the same length, changed in place
     * @param where ascending ranges of the parameters
     * @param step number of this step, from 1
     */
    void step(float[] parameters, float[] gradient, float[][] slots, Ranges where, long step);

    /**
     * Makes up the steps that parameters rested through because they had no gradient: to the bit
     * what these steps would have made of them.
     *
     * @param parameters changed in place
     * @param slots changed in place
     * @param from index of the first parameter
     * @param to index after the last
     * @param since number of the last step that they took part in, 0 for none
     * @param until number of the last step to make up
     */
    void makeUp(float[] parameters, float[][] slots, int from, int to, long since, long until);

    /** Whether a parameter stays as it is until it has had a gradient. */
    default boolean startsAtRest() {
        return true;
    }

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
