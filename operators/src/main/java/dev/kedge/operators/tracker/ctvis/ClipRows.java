// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.encoder.Batch;

/** A batch of which some rows are those of a clip. The others are for other objectives. */
public interface ClipRows extends Batch {
    /** The clip; of no frames where there is nothing to learn from. */
    Clip clip();

    /** The clip's first row. */
    int clipFrom();
}
