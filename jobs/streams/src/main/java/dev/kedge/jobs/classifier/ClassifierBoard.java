// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.jobs.ads.board.Newest;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.page.DeadLetterCounts;
import dev.kedge.jobs.page.Throughput;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierMetrics.ClassFigures;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.Sample;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest that is known of each classifier, in memory: metrics over time, the newest samples
 * with what was said of them, their pictures. What is delivered again changes nothing. Thread-safe;
 * everything is bounded.
 */
public final class ClassifierBoard
        implements OutputFeed.Listener<ClassifierScore, ClassifierMetrics> {
    static final int MAX_POINTS = 600;
    static final int MAX_CLASSES = 20;
    static final int MAX_MODELS = 1000;
    private static final int MAX_SAMPLES = 512;
    private static final Comparator<ClassFigures> MOST_JUDGED =
            Comparator.comparingLong(ClassFigures::judged)
                    .reversed()
                    .thenComparing(ClassFigures::label);

    private record Key(String model, String id) {}

    /**
     * The board in a few numbers.
     *
     * @param revision grows with each change
     * @param scoresPerSecond over the last ten seconds
     * @param models newest metrics of each model, by name
     * @param deadLetters refused records by reason
     */
    record Summary(
            long revision,
            double scoresPerSecond,
            List<ClassifierMetrics> models,
            SortedMap<String, Long> deadLetters) {}

    private final Clock clock;
    private final Throughput throughput;
    private final SortedMap<String, Deque<ClassifierMetrics>> points = new TreeMap<>();
    private final SortedMap<String, ClassifierMetrics> newest = new TreeMap<>();
    private final Map<Key, ClassifierScore> scores = new LinkedHashMap<>();
    private final Map<Key, byte[]> pictures = new LinkedHashMap<>();
    private final DeadLetterCounts deadLetters = new DeadLetterCounts();
    private Optional<Instant> lastScored = Optional.empty();
    private long revision;

    /** An empty board. */
    public ClassifierBoard(Clock clock) {
        this.clock = clock;
        throughput = new Throughput(clock);
    }

    @Override
    public synchronized void score(ClassifierScore score) {
        Key key = new Key(score.model(), score.id());
        Optional<ClassifierScore> known = Optional.ofNullable(scores.get(key));
        boolean older = known.isPresent() && score.label().isEmpty();
        if (!older) {
            scores.put(key, score);
            Newest.keep(scores, MAX_SAMPLES);
        }
        lastScored = Optional.of(clock.instant());
        if (known.isEmpty()) {
            throughput.mark();
        }
        revision++;
    }

    @Override
    public synchronized void metrics(ClassifierMetrics metrics) {
        boolean room = newest.containsKey(metrics.model()) || newest.size() < MAX_MODELS;
        Optional<ClassifierMetrics> known = Optional.ofNullable(newest.get(metrics.model()));
        if (!room || known.filter(last -> last.at() >= metrics.at()).isPresent()) {
            return;
        }
        newest.put(metrics.model(), metrics);
        Deque<ClassifierMetrics> history =
                points.computeIfAbsent(metrics.model(), name -> new ArrayDeque<>());
        Newest.add(history, withFewClasses(metrics), MAX_POINTS);
        revision++;
    }

    /** The same with the classes that were judged most, {@value #MAX_CLASSES} of them at most. */
    private static ClassifierMetrics withFewClasses(ClassifierMetrics all) {
        List<ClassFigures> few =
                all.classes().stream()
                        .sorted(MOST_JUDGED)
                        .limit(MAX_CLASSES)
                        .sorted(Comparator.comparing(ClassFigures::label))
                        .toList();
        return new ClassifierMetrics(
                all.model(),
                all.at(),
                all.modelVersion(),
                all.counts(),
                all.quality(),
                all.stored(),
                all.stepsRefused(),
                few);
    }

    @Override
    public synchronized void deadLetter(String reason) {
        deadLetters.count(reason);
        revision++;
    }

    /** Keeps what a sample looks like. */
    public synchronized void picture(Sample sample) {
        pictures.put(new Key(sample.model(), sample.id()), sample.input());
        Newest.keep(pictures, MAX_SAMPLES);
    }

    synchronized Summary summary() {
        return new Summary(
                revision,
                throughput.perSecond(),
                List.copyOf(newest.values()),
                deadLetters.byReason());
    }

    /** When the newest score came, by the wall clock. */
    synchronized Optional<Instant> lastScored() {
        return lastScored;
    }

    /** Newest metrics of each model, by name. */
    public synchronized List<ClassifierMetrics> newest() {
        return List.copyOf(newest.values());
    }

    /** Metrics of a model, the newest last. */
    synchronized List<ClassifierMetrics> history(String model) {
        return List.copyOf(points.getOrDefault(model, new ArrayDeque<>()));
    }

    /** The newest samples of a model, the newest first. */
    synchronized List<ClassifierScore> samples(String model, int most) {
        return scores.values().stream()
                .filter(score -> score.model().equals(model))
                .sorted(Comparator.comparingLong(ClassifierScore::at).reversed())
                .limit(most)
                .toList();
    }

    synchronized Optional<byte[]> picture(String model, String id) {
        return Optional.ofNullable(pictures.get(new Key(model, id)));
    }
}
