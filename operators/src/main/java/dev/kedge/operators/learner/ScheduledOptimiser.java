// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/**
 * An optimiser whose rate follows a schedule. The step number it is given decides the factor; it
 * remembers nothing beside what the optimiser does.
 *
 * @param base what makes the steps
 * @param schedule factor of its rate by step
 */
record ScheduledOptimiser(Optimiser base, RateSchedule schedule) implements WrappedOptimiser {
    @Override
    public Optimiser withRate(double other) {
        return new ScheduledOptimiser(base.withRate(other), schedule);
    }

    @Override
    public void step(
            float[] parameters, float[] gradient, float[][] slots, Ranges where, long step) {
        at(step).step(parameters, gradient, slots, where, step);
    }

    @Override
    public void makeUp(
            float[] parameters, float[][] slots, int from, int to, long since, long until) {
        for (long step = since + 1; step <= until; step++) {
            at(step).makeUp(parameters, slots, from, to, step - 1, step);
        }
    }

    private Optimiser at(long step) {
        return base.withRate(base.rate() * schedule.factor(step));
    }
}
