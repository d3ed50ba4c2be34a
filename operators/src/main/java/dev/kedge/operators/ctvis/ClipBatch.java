// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ctvis;

import dev.kedge.operators.encoder.DenseBatch;
import dev.kedge.operators.encoder.InputForm;
import java.util.Arrays;

/** A clip's rows, which of them belong together, and negatives from before it. */
final class ClipBatch extends DenseBatch {
    private final ClipPlan plan = new ClipPlan();
    private double[] constants = {};
    private int constantCount;

    ClipBatch(int capacity, int width, InputForm form) {
        super(capacity, width, form);
    }

    /** Starts a clip of so many instances. */
    void begin(int instances) {
        clear();
        plan.begin(instances);
        constantCount = 0;
    }

    /** Which rows belong together. */
    ClipPlan plan() {
        return plan;
    }

    /** Adds a negative of every item that has no gradient. */
    void addConstant(double[] embedding) {
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
