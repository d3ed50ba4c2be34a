// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Plays events through the live models of a job on this thread, without Kafka and Flink. */
final class PlainStream {
    private PlainStream() {}

    /**
     * Plays.
     *
     * @param events in order of arrival
     * @param heard takes every score
     * @return how many events were refused
     */
    static long play(
            DiscontinuationSettings settings,
            List<CreativeEvent> events,
            Consumer<CreativeScore> heard) {
        Ear ear = new Ear(heard);
        Origin origin = new Origin("in", 0, 0, -1);
        Map<String, LiveModel<CreativeEvent, CreativeScore, ModelMetrics>> models = new HashMap<>();
        try (LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> shared =
                new DiscontinuationModels(withoutMetrics(settings)).open()) {
            for (CreativeEvent event : events) {
                models.computeIfAbsent(
                                event.model(), name -> shared.load(name, new MemoryPartStore()))
                        .process(new Incoming<>(event, origin, new byte[0]), ear);
            }
        }
        return ear.refused;
    }

    /** Nobody listens to the metrics, and they change no score. */
    private static DiscontinuationSettings withoutMetrics(DiscontinuationSettings settings) {
        return settings.with(
                "evaluation",
                new DiscontinuationSettings.Evaluation(
                        settings.evaluation().window(), Duration.ofDays(36_500)));
    }

    private static final class Ear implements Outlet<CreativeScore, ModelMetrics> {
        private final Consumer<CreativeScore> heard;
        private long refused;

        private Ear(Consumer<CreativeScore> heard) {
            this.heard = heard;
        }

        @Override
        public void score(CreativeScore score) {
            heard.accept(score);
        }

        @Override
        public void metrics(ModelMetrics metrics) {
            // The truth of the data judges, which also tells what became of the censored.
        }

        @Override
        public void reject(DeadLetter letter) {
            refused++;
        }
    }
}
