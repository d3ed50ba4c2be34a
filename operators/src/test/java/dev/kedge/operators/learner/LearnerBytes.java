// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.state.parameters.Layout;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;

/** What a learner stores besides its vectors, for tests of the stored formats. */
public final class LearnerBytes {
    private static final String PART = "learner/progress";

    private LearnerBytes() {}

    /** The bytes of a model after some steps, with a generator that has drawn once. */
    public static byte[] after(int steps, int refused, long seed) {
        LearnerState state = state(seed);
        state.random().nextDouble();
        for (int i = 0; i < steps; i++) {
            state.nextStep();
        }
        for (int i = 0; i < refused; i++) {
            state.refuse();
        }
        MemoryPartStore store = new MemoryPartStore();
        state.flush(store);
        return store.get(PART).orElseThrow();
    }

    /** The steps made and refused, and the next number of the generator. */
    public static List<Object> tell(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(PART, bytes);
        LearnerState state = state(0);
        state.restore(store);
        return List.of(state.step(), state.refused(), state.random().nextDouble());
    }

    private static LearnerState state(long seed) {
        Layout.Builder layout = Layout.builder();
        layout.add("w", 1, 1);
        return new LearnerState(layout.build(), 0, RestorableRandom.seeded(seed));
    }
}
