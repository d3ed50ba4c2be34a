// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import java.util.function.DoubleSupplier;

/** Chooses which stored samples are shown again. Holds scratch space only. */
public interface Retrieval {
    /**
     * Draws slots, none twice.
     *
     * @param wanted most slots to draw
     * @param uniform draws from [0, 1)
     * @param drawn receives the slots
     * @return how many were drawn: {@code wanted}, or all there are
     */
    int draw(ReplaySlots slots, int wanted, DoubleSupplier uniform, int[] drawn);
}
