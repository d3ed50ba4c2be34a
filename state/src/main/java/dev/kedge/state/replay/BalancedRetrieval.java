// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.DoubleSupplier;

/**
 * Every class with the same probability, then every one of its samples; without repetition. A class
 * whose samples are all drawn is left out.
 */
public final class BalancedRetrieval implements Retrieval {
    private final BitSet taken = new BitSet();
    private int[] left = new int[0];

    @Override
    public int draw(ReplaySlots slots, int wanted, DoubleSupplier uniform, int[] drawn) {
        taken.clear();
        int classes = prepare(slots);
        int count = Math.min(wanted, slots.size());
        for (int i = 0; i < count; i++) {
            int label = nth(Draws.below(classes, uniform));
            drawn[i] = slotOf(slots, label, Draws.below(left[label], uniform));
            taken.set(drawn[i]);
            left[label]--;
            classes -= left[label] == 0 ? 1 : 0;
        }
        return count;
    }

    private int prepare(ReplaySlots slots) {
        if (left.length < slots.labels()) {
            left = new int[slots.labels()];
        }
        Arrays.fill(left, 0);
        int classes = 0;
        for (int label = 0; label < slots.labels(); label++) {
            left[label] = slots.count(label);
            classes += left[label] > 0 ? 1 : 0;
        }
        return classes;
    }

    private int nth(int n) {
        int label = -1;
        for (int passed = -1; passed < n; ) {
            label++;
            passed += left[label] > 0 ? 1 : 0;
        }
        return label;
    }

    private int slotOf(ReplaySlots slots, int label, int n) {
        int slot = -1;
        for (int passed = -1; passed < n; ) {
            slot++;
            passed += slots.get(slot).label() == label && !taken.get(slot) ? 1 : 0;
        }
        return slot;
    }
}
