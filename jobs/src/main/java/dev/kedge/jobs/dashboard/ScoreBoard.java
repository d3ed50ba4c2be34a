// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import dev.kedge.operators.creative.CreativeDuplicates;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.ModelMetrics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest that is known of each creative and each model, in memory.
 *
 * <p>It keeps the last value of each key: what is delivered again, or is older than what the board
 * has, changes nothing. Thread-safe. Everything is bounded: when there are too many creatives, the
 * stopped ones leave first, then those whose last score is the longest ago.
 */
public final class ScoreBoard {
    /** How many creatives a board holds unless told otherwise. */
    public static final int DEFAULT_MAX_CREATIVES = 100_000;

    static final int MAX_METRICS = 500;
    static final int MAX_REASONS = 100;
    static final String OTHER_REASONS = "other";

    private record Key(String model, String creative) {}

    /**
     * The board in a few numbers.
     *
     * @param revision grows with each change
     * @param scoresPerSecond over the last ten seconds
     * @param eventTime the newest event time of a score
     * @param lastScored when the newest score came, by the wall clock
     * @param creatives creatives on the board, stopped ones included
     * @param stopped stopped creatives on the board
     * @param models newest metrics of each model that has some, by name
     * @param modelNames all models that have scored or reported, by name
     * @param deadLetters refused events by reason
     */
    public record Summary(
            long revision,
            double scoresPerSecond,
            Optional<Instant> eventTime,
            Optional<Instant> lastScored,
            int creatives,
            int stopped,
            List<ModelMetrics> models,
            List<String> modelNames,
            SortedMap<String, Long> deadLetters) {}

    private final Clock clock;
    private final int maxCreatives;
    private final Throughput throughput;
    private final Map<Key, CreativeHistory> running = new LinkedHashMap<>();
    private final Map<Key, CreativeHistory> stopped = new LinkedHashMap<>();
    private final Map<Key, CreativeDuplicates> duplicates = new LinkedHashMap<>();
    private final SortedMap<String, Deque<ModelMetrics>> models = new TreeMap<>();
    private final SortedMap<String, Long> deadLetters = new TreeMap<>();
    private Optional<Instant> eventTime = Optional.empty();
    private Optional<Instant> lastScored = Optional.empty();
    private long revision;

    /** A board for the default number of creatives. */
    public ScoreBoard(Clock clock) {
        this(clock, DEFAULT_MAX_CREATIVES);
    }

    /** A board for at most {@code maxCreatives} creatives. */
    public ScoreBoard(Clock clock, int maxCreatives) {
        if (maxCreatives < 1) {
            throw new IllegalArgumentException(
                    "maxCreatives is " + maxCreatives + ", but must be at least 1");
        }
        this.clock = clock;
        this.maxCreatives = maxCreatives;
        this.throughput = new Throughput(clock);
    }

    /** Takes a score in; tells whether it was news. */
    public synchronized boolean accept(CreativeScore score) {
        Key key = new Key(score.model(), score.creative());
        CreativeHistory known = stopped.getOrDefault(key, running.get(key));
        CreativeHistory history = known == null ? new CreativeHistory(score) : known;
        if (known != null && !known.accept(score)) {
            return false;
        }
        shelve(key, history);
        note(score);
        return true;
    }

    /** Takes a model's metrics in; tells whether they were news. */
    public synchronized boolean accept(ModelMetrics metrics) {
        Deque<ModelMetrics> history = history(metrics.model());
        if (!history.isEmpty() && history.getLast().at() > metrics.at()) {
            return false;
        }
        if (!history.isEmpty() && history.getLast().at() == metrics.at()) {
            history.removeLast();
        }
        history.addLast(metrics);
        if (history.size() > MAX_METRICS) {
            history.removeFirst();
        }
        revision++;
        return true;
    }

    /**
     * Takes in which creatives one is the same as; tells whether it was news. Bounded as the scores
     * are: what is longest unsaid leaves first.
     */
    public synchronized boolean accept(CreativeDuplicates said) {
        Key key = new Key(said.model(), said.creative());
        CreativeDuplicates known = duplicates.get(key);
        if (known != null
                && (known.at() > said.at()
                        || (known.at() == said.at()
                                && known.modelVersion() > said.modelVersion()))) {
            return false;
        }
        duplicates.remove(key);
        duplicates.put(key, said);
        if (duplicates.size() > maxCreatives) {
            dropEldest(duplicates);
        }
        revision++;
        return true;
    }

    /** What was said last of a creative's near-duplicates, if anything was. */
    public synchronized Optional<CreativeDuplicates> duplicates(String model, String creative) {
        return Optional.ofNullable(duplicates.get(new Key(model, creative)));
    }

    /** How many creatives are the same as one that came before. */
    public synchronized long recognised() {
        return duplicates.values().stream()
                .filter(said -> !said.group().equals(said.creative()))
                .count();
    }

    /** Counts an event that was refused. */
    public synchronized void deadLetter(String reason) {
        boolean room = deadLetters.containsKey(reason) || deadLetters.size() < MAX_REASONS;
        deadLetters.merge(room ? reason : OTHER_REASONS, 1L, Long::sum);
        revision++;
    }

    /** The board in a few numbers. */
    public synchronized Summary summary() {
        List<ModelMetrics> newest =
                models.values().stream().filter(m -> !m.isEmpty()).map(Deque::getLast).toList();
        return new Summary(
                revision,
                throughput.perSecond(),
                eventTime,
                lastScored,
                running.size() + stopped.size(),
                stopped.size(),
                newest,
                List.copyOf(models.keySet()),
                new TreeMap<>(deadLetters));
    }

    /** The creatives that a ranking asks for. */
    public Ranking.Page rank(Ranking ranking) {
        return ranking.apply(newest());
    }

    /** What is known of one creative. */
    public synchronized Optional<CreativeView> find(String model, String creative) {
        Key key = new Key(model, creative);
        return Optional.ofNullable(stopped.getOrDefault(key, running.get(key)))
                .map(CreativeHistory::view);
    }

    /** Metrics of a model, the newest last; empty for a model that has reported none. */
    public synchronized List<ModelMetrics> metrics(String model) {
        return List.copyOf(models.getOrDefault(model, new ArrayDeque<>()));
    }

    private synchronized List<CreativeScore> newest() {
        List<CreativeScore> scores = new ArrayList<>(running.size() + stopped.size());
        running.values().forEach(history -> scores.add(history.newest()));
        stopped.values().forEach(history -> scores.add(history.newest()));
        return scores;
    }

    /** Puts a creative at the young end of its shelf, so that the old end is what leaves first. */
    private void shelve(Key key, CreativeHistory history) {
        running.remove(key);
        stopped.remove(key);
        boolean isStopped = history.newest().action().isFinal();
        (isStopped ? stopped : running).put(key, history);
        if (running.size() + stopped.size() > maxCreatives) {
            dropEldest(stopped.isEmpty() ? running : stopped);
        }
    }

    private static void dropEldest(Map<Key, ?> shelf) {
        Iterator<Key> keys = shelf.keySet().iterator();
        keys.next();
        keys.remove();
    }

    private void note(CreativeScore score) {
        Instant at = Instant.ofEpochMilli(score.at());
        eventTime = Optional.of(eventTime.filter(at::isBefore).orElse(at));
        lastScored = Optional.of(clock.instant());
        history(score.model());
        throughput.mark();
        revision++;
    }

    private Deque<ModelMetrics> history(String model) {
        return models.computeIfAbsent(model, name -> new ArrayDeque<>());
    }
}
