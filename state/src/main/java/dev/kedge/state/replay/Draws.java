// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import java.util.function.DoubleSupplier;

/** Choices from uniform draws. */
final class Draws {
    private Draws() {}

    /** Uniform in [0, bound). */
    static int below(int bound, DoubleSupplier uniform) {
        return (int) (uniform.getAsDouble() * bound);
    }

    /** The slot of a random sample of a label. */
    static int slotOf(ReplaySlots slots, int label, DoubleSupplier uniform) {
        return slots.slotOf(label, below(slots.count(label), uniform));
    }

    /** Removes random samples until the memory is within its bound. */
    static void shrink(ReplaySlots slots, DoubleSupplier uniform) {
        while (slots.overflows()) {
            slots.remove(below(slots.size(), uniform));
        }
    }
}
