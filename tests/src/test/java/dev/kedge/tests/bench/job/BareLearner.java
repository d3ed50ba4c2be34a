// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import com.sun.management.OperatingSystemMXBean;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The same learner, reader and writer as a job's, in a plain loop on one thread: no broker, no
 * engine, no checkpoint.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
final class BareLearner<E, S, M> {
    private final LiveModels<E, S, M> models;
    private final EventDecoder<E> decoder;
    private final Function<E, String> model;
    private final Function<S, String> key;
    private final RecordJson<S> json;

    BareLearner(
            LiveModels<E, S, M> models,
            EventDecoder<E> decoder,
            Function<E, String> model,
            Class<S> score,
            Function<S, String> key) {
        this.models = models;
        this.decoder = decoder;
        this.model = model;
        this.key = key;
        json = RecordJson.of(score);
    }

    /**
     * What the second half of the events took, the first half having warmed everything up.
     *
     * @param perSecond events a second
     * @param micros processor time of this process for each, its collector included
     */
    record Cost(double perSecond, double micros) {}

    /** Runs all events; scores are dropped, or written as JSON and then dropped. */
    Cost run(List<PlannedEvent> events, boolean writes) {
        return run(events, writes ? score -> json.encode(score).length : score -> 1);
    }

    /** Runs all events, and gives keys and values of their scores away. */
    Cost run(List<PlannedEvent> events, BiConsumer<byte[], byte[]> taker) {
        return run(
                events,
                score -> {
                    byte[] value = json.encode(score);
                    taker.accept(key.apply(score).getBytes(StandardCharsets.UTF_8), value);
                    return value.length;
                });
    }

    private Cost run(List<PlannedEvent> events, ToIntFunction<S> use) {
        int half = events.size() / 2;
        Sink sink = new Sink(use);
        Map<String, LiveModel<E, S, M>> live = new HashMap<>();
        try (LiveModels.Shared<E, S, M> shared = models.open()) {
            process(events.subList(0, half), shared, live, sink);
            long began = System.nanoTime();
            long time = processorTime();
            process(events.subList(half, events.size()), shared, live, sink);
            int counted = events.size() - half;
            double seconds = (System.nanoTime() - began) / 1e9;
            double micros = (processorTime() - time) / 1e3 / counted;
            if (sink.used < counted) {
                throw new IllegalStateException("only " + sink.used + " scores or bytes of them");
            }
            return new Cost(counted / seconds, micros);
        }
    }

    private void process(
            List<PlannedEvent> events,
            LiveModels.Shared<E, S, M> shared,
            Map<String, LiveModel<E, S, M>> live,
            Sink sink) {
        for (PlannedEvent planned : events) {
            E event = decode(planned.value());
            Origin origin = new Origin("bench", 0, 0, System.currentTimeMillis());
            live.computeIfAbsent(model.apply(event), key -> shared.load(key, new MemoryPartStore()))
                    .process(new Incoming<>(event, origin, planned.value()), sink);
        }
    }

    private E decode(byte[] value) {
        try {
            return decoder.decode(value);
        } catch (UndecodableException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private final class Sink implements Outlet<S, M> {
        private final ToIntFunction<S> use;
        private long used;

        private Sink(ToIntFunction<S> use) {
            this.use = use;
        }

        @Override
        public void score(S score) {
            used += use.applyAsInt(score);
        }

        @Override
        public void metrics(M metrics) {}

        @Override
        public void reject(DeadLetter letter) {
            throw new IllegalStateException(letter.reason() + ": " + letter.message());
        }
    }
}
