// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ctvis;

import dev.kedge.operators.encoder.DenseBatch;
import dev.kedge.operators.encoder.InputForm;

/** A clip's rows, which of them belong together, and negatives from before it. */
final class ClipBatch extends DenseBatch implements ClipRows {
    private final Clip clip = new Clip();

    ClipBatch(int capacity, int width, InputForm form) {
        super(capacity, width, form);
    }

    /** Starts a clip of so many instances. */
    void begin(int instances) {
        clear();
        clip.begin(instances);
    }

    @Override
    public Clip clip() {
        return clip;
    }

    /** Which rows belong together. */
    ClipPlan plan() {
        return clip.plan();
    }

    /** Adds a negative of every item that has no gradient. */
    void addConstant(double[] embedding) {
        clip.addConstant(embedding);
    }
}
