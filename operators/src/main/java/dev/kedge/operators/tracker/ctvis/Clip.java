// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import java.util.Arrays;

/**
 * Which rows of a batch belong together, and negatives from before the clip that have no gradient.
 * Reused from clip to clip by one task.
 */
public final class Clip {
    private final ClipPlan plan = new ClipPlan();
    private double[] constants = {};
    private int constantCount;

    /** Starts a clip of so many instances. */
    public void begin(int instances) {
        plan.begin(instances);
        constantCount = 0;
    }

    /** Which rows belong together. */
    public ClipPlan plan() {
        return plan;
    }

    /** Adds a negative of every item that has no gradient. */
    public void addConstant(double[] embedding) {
        int at = constantCount * embedding.length;
        if (constants.length < at + embedding.length) {
            constants = Arrays.copyOf(constants, 2 * (at + embedding.length));
        }
        System.arraycopy(embedding, 0, constants, at, embedding.length);
        constantCount++;
    }

    /** The negatives without gradient, row by row. */
    double[] constants() {
        return constants;
    }

    int constantCount() {
        return constantCount;
    }
}
