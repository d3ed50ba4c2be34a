// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import java.util.HashMap;
import java.util.Map;

/** The same models and samples in a plain loop on one thread, without Flink. */
final class BareLoop {
    private final SampleStream stream;
    private final SampleModels models;

    BareLoop(SampleStream stream, SampleModels models) {
        this.stream = stream;
        this.models = models;
    }

    /** Moments, nanoseconds, at which each segment of the counted records began and ended. */
    long[] run(Segments segments) {
        Sum sum = new Sum();
        Map<String, LiveModel<Sample, Float, Float>> live = new HashMap<>();
        long[] marks = new long[segments.count() + 1];
        int next = 0;
        try (SampleModels.Shared shared = models.open()) {
            for (long i = 0; i < segments.total(); i++) {
                Incoming<Sample> incoming = stream.at(i);
                live.computeIfAbsent(
                                incoming.event().model(),
                                key -> shared.load(key, new MemoryPartStore()))
                        .process(incoming, sum);
                if (i == segments.lastBefore(next)) {
                    marks[next++] = System.nanoTime();
                }
            }
        }
        if (!(sum.scores > 0)) {
            throw new IllegalStateException("the models predicted nothing");
        }
        return marks;
    }

    private static final class Sum implements Outlet<Float, Float> {
        private double scores;

        @Override
        public void score(Float score) {
            scores += score;
        }

        @Override
        public void metrics(Float metrics) {
            throw new IllegalStateException("the benchmark's models have no metrics");
        }

        @Override
        public void reject(DeadLetter letter) {
            throw new IllegalStateException("the benchmark's models refuse nothing");
        }
    }
}
