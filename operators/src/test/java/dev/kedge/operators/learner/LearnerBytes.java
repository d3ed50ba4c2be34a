// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.operators.encoder.Tables;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;

/** What a learner stores besides its vectors, for tests of the stored formats. */
public final class LearnerBytes {
    private static final String PART = "learner/progress";
    private static final String ROW = "learner/row/w/1";

    private LearnerBytes() {}

    /** The bytes of a model after some steps, with a generator that has drawn once. */
    public static byte[] after(int steps, int refused, long seed) {
        return after(state(seed, noTables()), steps, refused);
    }

    /** The same of a model with a table whose rows rest. */
    public static byte[] resting(int steps, int refused, long seed) {
        LearnerState state = state(seed, tables());
        state.restAt(0.25);
        return after(state, steps, refused);
    }

    private static byte[] after(LearnerState state, int steps, int refused) {
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
        LearnerState state = told(bytes, noTables());
        return List.of(state.step(), state.refused(), state.random().nextDouble());
    }

    /** The same, and the rate at which rows rest. */
    public static List<Object> tellResting(byte[] bytes) {
        LearnerState state = told(bytes, tables());
        return List.of(
                state.step(), state.refused(), state.random().nextDouble(), state.restingRate());
    }

    private static LearnerState told(byte[] bytes, Tables tables) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(PART, bytes);
        LearnerState state = state(0, tables);
        state.restore(store, () -> new float[4]);
        return state;
    }

    /** The bytes of the second row of a table of two rows and two columns. */
    public static byte[] row() {
        LearnerState state = state(0, tables());
        state.parameters()[2] = 0.5f;
        state.parameters()[3] = -2;
        state.slots()[0][3] = 4;
        state.slots()[1][2] = 0.25f;
        state.rows().learned(1, 7);
        MemoryPartStore store = new MemoryPartStore();
        state.rows().flush(store);
        return store.get(ROW).orElseThrow();
    }

    /** The row's parameters and slots, and an initial value of the row before it. */
    public static List<Object> tellRow(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(ROW, bytes);
        LearnerState state = state(0, tables());
        state.rows().restore(store, () -> new float[] {1, 1, 1, 1});
        state.rows().wake(1, 8, new Sgd(1));
        return List.of(
                state.parameters()[2],
                state.parameters()[3],
                state.slots()[0][3],
                state.slots()[1][2],
                state.parameters()[1]);
    }

    private static Layout layout() {
        Layout.Builder layout = Layout.builder();
        layout.add("w", 2, 2);
        return layout.build();
    }

    private static Tables tables() {
        return Tables.of(layout(), layout().slices());
    }

    private static Tables noTables() {
        return Tables.of(layout(), List.of());
    }

    private static LearnerState state(long seed, Tables tables) {
        return new LearnerState(layout(), tables, new Adam(0.1), RestorableRandom.seeded(seed));
    }
}
