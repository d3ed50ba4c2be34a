// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeReactivated;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Heard;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.part.MemoryPartStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One live model on the bench: events in, scores and refusals out, and a store to restore it from.
 */
final class Bench extends Heard<CreativeScore, ModelMetrics> implements AutoCloseable {
    static final long DAY = 86_400_000L;
    static final String MODEL = "market";

    final List<CreativeDuplicates> duplicates = new ArrayList<>();
    final MemoryPartStore store;
    private final LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> shared;
    private LiveModel<CreativeEvent, CreativeScore, ModelMetrics> model;
    private long offset;

    Bench(DiscontinuationSettings settings) {
        this(settings, new MemoryPartStore());
    }

    private Bench(DiscontinuationSettings settings, MemoryPartStore store) {
        this.store = store;
        shared = new DiscontinuationModels(settings).open();
        model = shared.load(MODEL, store);
    }

    /** A bench that goes on from this one's store under other settings. */
    Bench reopened(DiscontinuationSettings settings) {
        return new Bench(settings, store);
    }

    Bench obey(Command command) {
        model.obey(command);
        return this;
    }

    Bench send(CreativeEvent event) {
        return sendProduced(event, -1);
    }

    /** Sends an event whose record was produced at a time; -1 if the record does not tell. */
    Bench sendProduced(CreativeEvent event, long produced) {
        Origin origin = new Origin("t", 0, offset++, produced);
        model.process(new Incoming<>(event, origin, new byte[] {1}), this);
        return this;
    }

    Bench sendAll(List<CreativeEvent> events) {
        events.forEach(this::send);
        return this;
    }

    /** Writes the model to the store, forgets it and reads it back. */
    Bench restart() {
        model.flush(store);
        model = shared.load(MODEL, store);
        return this;
    }

    Bench flush() {
        model.flush(store);
        return this;
    }

    CreativeScore lastScore() {
        return scores.get(scores.size() - 1);
    }

    DeadLetter lastRefusal() {
        return refused.get(refused.size() - 1);
    }

    @Override
    public void sideOutput(Object answer) {
        duplicates.add((CreativeDuplicates) answer);
    }

    @Override
    public void close() {
        shared.close();
    }

    static CreativeLaunched launched(String creative, double day, String category) {
        return new CreativeLaunched(
                MODEL,
                creative,
                at(day),
                CreativeContent.of(
                        "acme",
                        "buy " + category,
                        Map.of("kind", category),
                        Map.of(),
                        new float[0]));
    }

    static CreativeLaunched launchedBy(
            String creative, double day, String advertiser, String text) {
        return new CreativeLaunched(
                MODEL,
                creative,
                at(day),
                CreativeContent.of(advertiser, text, Map.of(), Map.of(), new float[0]));
    }

    static CreativeDiscontinued lost(String creative, double day) {
        return new CreativeDiscontinued(MODEL, creative, at(day), "unobserved");
    }

    static IntervalStatistics statistics(
            String creative, double day, int period, long impressions, long clicks) {
        return new IntervalStatistics(
                MODEL, creative, at(day), period, impressions, clicks, 0, impressions / 100.0);
    }

    static CreativeDiscontinued stopped(String creative, double day) {
        return new CreativeDiscontinued(MODEL, creative, at(day), "performance");
    }

    static CreativeReactivated again(String creative, double day) {
        return new CreativeReactivated(MODEL, creative, at(day));
    }

    static long at(double day) {
        return 1_600_000_000_000L + Math.round(day * DAY);
    }

    /**
     * A small market: 'weak' creatives stop within days, 'strong' ones after weeks; statistics
     * every day.
     */
    static List<CreativeEvent> market(int creatives, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CreativeEvent> events = new ArrayList<>();
        for (int i = 0; i < creatives; i++) {
            boolean weak = random.nextBoolean();
            double start = i * 0.2 + random.nextDouble() * 0.1;
            double life = weak ? 0.5 + 4 * random.nextDouble() : 12 + 20 * random.nextDouble();
            String id = "c" + i;
            events.add(launched(id, start, weak ? "weak" : "strong"));
            for (int period = 0; period + 1 < life; period++) {
                long shown = 500L + random.nextInt(1000);
                long clicked = Math.round(shown * (weak ? 0.002 : 0.03 / (1 + 0.1 * period)));
                events.add(statistics(id, start + period + 1.05, period, shown, clicked));
            }
            events.add(stopped(id, start + life));
        }
        events.sort(Comparator.comparingLong(CreativeEvent::at));
        return events;
    }
}
