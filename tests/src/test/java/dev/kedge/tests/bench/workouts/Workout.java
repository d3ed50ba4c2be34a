// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.workouts;

import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.ParameterSnapshot;
import dev.kedge.state.part.MemoryPartStore;
import java.util.function.Supplier;

/**
 * A learner and the records that it learns from, the same in every process.
 *
 * @param name what it is called
 * @param records how many are learned and timed; a third as many before are not timed
 * @param models makes the learner's model
 * @param events gives the next record
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public record Workout<E, S, M>(
        String name, int records, LiveModels<E, S, M> models, Supplier<E> events) {
    private static final String PARAMETERS = "learner/parameters";
    private static final String PROGRESS = "learner/progress";

    /**
     * What came of it.
     *
     * @param steps of learning that were timed
     * @param seconds that they took, with all that a record costs beside
     * @param parameters the model's at the end
     */
    public record Outcome(long steps, double seconds, float[] parameters) {}

    /** Hears nothing; what a model refuses would make the comparison worthless. */
    private final class Deaf implements Outlet<S, M> {
        @Override
        public void score(S score) {}

        @Override
        public void metrics(M metrics) {}

        @Override
        public void sideOutput(Object answer) {}

        @Override
        public void reject(DeadLetter letter) {
            throw new IllegalStateException(letter.reason() + ": " + letter.message());
        }
    }

    /** Bytes of a model that has learned nothing, roughly. */
    public long bytes() {
        try (LiveModels.Shared<E, S, M> shared = models.open()) {
            return shared.load(name, new MemoryPartStore()).bytes();
        }
    }

    /** Learns, on a device. */
    public Outcome run(Placement placement) {
        MemoryPartStore store = new MemoryPartStore();
        try (LiveModels.Shared<E, S, M> shared = models.open(placement)) {
            LiveModel<E, S, M> model = shared.load("gpu", store);
            learn(model, 0, records / 3);
            model.flush(store);
            long before = steps(store);
            long began = System.nanoTime();
            learn(model, records / 3, records);
            double seconds = (System.nanoTime() - began) * 1e-9;
            model.flush(store);
            float[] parameters =
                    ParameterSnapshot.read(store.get(PARAMETERS).orElseThrow()).values();
            return new Outcome(steps(store) - before, seconds, parameters);
        }
    }

    private void learn(LiveModel<E, S, M> model, int from, int count) {
        Deaf outlet = new Deaf();
        for (int i = from; i < from + count; i++) {
            Origin origin = new Origin("gpu", 0, i, -1);
            model.process(new Incoming<>(events.get(), origin, new byte[0]), outlet);
        }
    }

    private static long steps(MemoryPartStore store) {
        return store.get(PROGRESS)
                .map(bytes -> Envelope.open(bytes, Family.LEARNER, 3).getLong())
                .orElse(0L);
    }
}
