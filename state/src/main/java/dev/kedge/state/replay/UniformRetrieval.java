// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import java.util.function.DoubleSupplier;

/** Every stored sample with the same probability, without repetition. */
public final class UniformRetrieval implements Retrieval {
    private int[] order = new int[0];

    @Override
    public int draw(ReplaySlots slots, int wanted, DoubleSupplier uniform, int[] drawn) {
        int size = slots.size();
        if (order.length < size) {
            order = new int[Math.max(size, 2 * order.length)];
        }
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        int count = Math.min(wanted, size);
        for (int i = 0; i < count; i++) {
            int j = i + Draws.below(size - i, uniform);
            drawn[i] = order[j];
            order[j] = order[i];
        }
        return count;
    }
}
