// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.encoder.DenseBatch;
import dev.kedge.operators.encoder.InputForm;

/** A clip's rows, which of them belong together, and negatives from before it. */
final class ClipBatch extends DenseBatch implements ClipRows {
    /** Matrix products keep room for each number of rows that they have met: let there be few. */
    private static final int ROUND = 8;

    private final byte[] nothing;
    private final Clip clip = new Clip();

    ClipBatch(int capacity, int width, InputForm form) {
        super(rounded(capacity), width, form);
        nothing = new byte[form.length(width)];
    }

    /** The next number of rows that batches come in. */
    static int rounded(int rows) {
        return (rows + ROUND - 1) / ROUND * ROUND;
    }

    /** Adds rows of zeros that belong to nothing, up to the next number that batches come in. */
    void fillUp() {
        while (rows() < rounded(rows())) {
            add(nothing);
        }
    }

    /** Starts a clip of so many instances. */
    void begin(int instances) {
        clear();
        clip.begin(instances);
    }

    @Override
    public int clipFrom() {
        return 0;
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
