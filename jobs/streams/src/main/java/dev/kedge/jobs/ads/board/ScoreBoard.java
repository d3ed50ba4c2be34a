// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.page.DeadLetterCounts;
import dev.kedge.jobs.page.Throughput;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
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

    /** Days within which a stop counts as a creative's risk unless told otherwise. */
    public static final double DEFAULT_HORIZON = 3;

    static final int MAX_METRICS = 500;
    static final int MAX_MODELS = 1000;

    /** A creative of a model. */
    public record Key(String model, String creative) {}

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
    private final double horizon;
    private final Throughput throughput;
    private final Map<Key, CreativeHistory> running = new LinkedHashMap<>();
    private final Map<Key, CreativeHistory> stopped = new LinkedHashMap<>();
    private final Map<Key, CreativeDuplicates> duplicates = new LinkedHashMap<>();
    private final Map<Key, String> campaigns = new LinkedHashMap<>();
    private final SortedMap<String, Deque<ModelMetrics>> models = new TreeMap<>();
    private final CardShelf cards;
    private final DeadLetterCounts deadLetters = new DeadLetterCounts();
    private Optional<Instant> eventTime = Optional.empty();
    private Optional<Instant> lastScored = Optional.empty();
    private long revision;
    private long scored;
    private Optional<BoardChanges> changes = Optional.empty();

    /** A board for the default number of creatives. */
    public ScoreBoard(Clock clock) {
        this(clock, DEFAULT_MAX_CREATIVES);
    }

    /** A board for at most {@code maxCreatives} creatives. */
    public ScoreBoard(Clock clock, int maxCreatives) {
        this(clock, maxCreatives, DEFAULT_HORIZON);
    }

    /**
     * A board.
     *
     * @param clock tells when something came
     * @param maxCreatives most creatives that it holds
     * @param horizon days within which a stop counts as the risk of a creative: what the policy
     *     goes by
     */
    public ScoreBoard(Clock clock, int maxCreatives, double horizon) {
        this(clock, maxCreatives, horizon, CardShelf.Bounds.DEFAULT);
    }

    /**
     * A board with cards of its creatives.
     *
     * @param cards how many
     */
    public ScoreBoard(Clock clock, int maxCreatives, double horizon, CardShelf.Bounds cards) {
        if (maxCreatives < 1) {
            throw new IllegalArgumentException(
                    "maxCreatives is " + maxCreatives + ", but must be at least 1");
        }
        this.clock = clock;
        this.maxCreatives = maxCreatives;
        this.horizon = horizon;
        this.cards = new CardShelf(cards);
        this.throughput = new Throughput(clock);
    }

    /** Takes a score in; tells whether it was news. */
    public synchronized boolean accept(CreativeScore score) {
        Key key = new Key(score.model(), score.creative());
        CreativeHistory known = stopped.getOrDefault(key, running.get(key));
        CreativeHistory history = known == null ? new CreativeHistory(score, horizon) : known;
        if (known != null && !known.accept(score, horizon)) {
            return false;
        }
        shelve(key, history);
        note(score);
        changes.ifPresent(all -> all.scored(key, score));
        return true;
    }

    /**
     * Takes a model's metrics in; tells whether they were news. Of more models than a page can show
     * the later ones are left out.
     */
    public synchronized boolean accept(ModelMetrics metrics) {
        if (!hasRoom(metrics.model())) {
            return false;
        }
        Deque<ModelMetrics> history = history(metrics.model());
        if (!history.isEmpty() && history.getLast().at() > metrics.at()) {
            return false;
        }
        if (!history.isEmpty() && history.getLast().at() == metrics.at()) {
            history.removeLast();
        }
        history.addLast(metrics);
        changed(metrics);
        if (history.size() > MAX_METRICS) {
            changed(history.removeFirst());
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
        changes.ifPresent(all -> all.duplicates().add(key));
        if (duplicates.size() > maxCreatives) {
            Key eldest = dropEldest(duplicates);
            changes.ifPresent(all -> all.duplicates().add(eldest));
        }
        revision++;
        return true;
    }

    /**
     * Takes in which campaign a creative belongs to. Bounded as the scores are: what is longest
     * unsaid leaves first.
     */
    public synchronized void accept(String model, String creative, String campaign) {
        Key key = new Key(model, creative);
        campaigns.remove(key);
        campaigns.put(key, campaign);
        changes.ifPresent(all -> all.campaigns().add(key));
        if (campaigns.size() > maxCreatives) {
            Key eldest = dropEldest(campaigns);
            changes.ifPresent(all -> all.campaigns().add(eldest));
        }
    }

    /** The campaign of a creative; empty if the stream does not tell. */
    synchronized String campaign(CreativeScore score) {
        return campaigns.getOrDefault(new Key(score.model(), score.creative()), "");
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
        deadLetters.count(reason);
        revision++;
    }

    /** What its creatives look like. */
    public CardShelf cards() {
        return cards;
    }

    /** Days within which a stop counts as a creative's risk. */
    public double horizon() {
        return horizon;
    }

    /** Puts back what was kept of a creative, as the youngest on the board. */
    synchronized void restore(CreativeHistory history) {
        CreativeScore newest = history.newest();
        shelve(new Key(newest.model(), newest.creative()), history);
        notice(newest);
    }

    /** Puts back how many events were refused, by reason. */
    synchronized void restore(Map<String, Long> refused) {
        deadLetters.restore(refused);
        revision++;
    }

    /** From now on writes down what changes, for {@link #keep}. */
    synchronized void noteChanges() {
        changes = Optional.of(new BoardChanges());
    }

    /**
     * Shows what changed since this was last called without a failure, under the board's lock.
     *
     * @param keeper what keeps it; what it throws leaves all changes for the next time
     */
    synchronized void keep(Keeper keeper) {
        BoardChanges all = changes.orElseThrow();
        for (Key key : all.creatives()) {
            keeper.creative(key, Optional.ofNullable(stopped.getOrDefault(key, running.get(key))));
        }
        for (Key key : all.duplicates()) {
            keeper.duplicates(key, Optional.ofNullable(duplicates.get(key)));
        }
        for (Key key : all.campaigns()) {
            keeper.campaign(key, Optional.ofNullable(campaigns.get(key)));
        }
        for (BoardChanges.Report report : all.reports()) {
            keeper.metrics(
                    report,
                    metrics(report.model()).stream()
                            .filter(one -> one.at() == report.at())
                            .findFirst());
        }
        cards.keep(keeper::card);
        all.scores().forEach(keeper::score);
        keeper.finish(deadLetters.byReason());
        all.clear();
        cards.kept();
    }

    /** Keeps what a board shows it. What is empty is on the board no more. */
    interface Keeper {
        void creative(Key key, Optional<CreativeHistory> history);

        void duplicates(Key key, Optional<CreativeDuplicates> said);

        void campaign(Key key, Optional<String> campaign);

        void card(Key key, Optional<CreativeCard> card);

        void metrics(BoardChanges.Report report, Optional<ModelMetrics> metrics);

        /** Each score that was news, in the order in which they came. */
        void score(CreativeScore score);

        /** The last call of all. */
        void finish(SortedMap<String, Long> deadLetters);
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
                deadLetters.byReason());
    }

    /**
     * What a job wrote, as far as the board was told.
     *
     * @param scores scores that were news, since the board was made
     * @param deadLetters refused events, those that were kept on disk included
     */
    record Written(long scores, long deadLetters) {}

    synchronized Written written() {
        long refused = deadLetters.byReason().values().stream().mapToLong(Long::longValue).sum();
        return new Written(scored, refused);
    }

    /** The creatives that a ranking asks for. */
    public Ranking.Page rank(Ranking ranking) {
        return rank(ranking, Lens.CLEAR);
    }

    /** The same by what scores do not tell, too. */
    Ranking.Page rank(Ranking ranking, Lens lens) {
        return ranking.apply(of(ranking.filter().campaign()), horizon, lens);
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

    private synchronized List<CreativeScore> of(Optional<String> campaign) {
        return campaign.isEmpty()
                ? newest()
                : newest().stream()
                        .filter(score -> campaign(score).equals(campaign.get()))
                        .toList();
    }

    /** What a list of creatives can be narrowed to. */
    synchronized Choices choices() {
        List<CreativeScore> scores = newest();
        return new Choices(
                Choices.most(scores, score -> score.description().advertiser()),
                Choices.most(scores, this::campaign));
    }

    /** The newest score of each creative, in no order. */
    synchronized List<CreativeScore> newest() {
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
            Key eldest = dropEldest(stopped.isEmpty() ? running : stopped);
            changes.ifPresent(all -> all.creatives().add(eldest));
        }
    }

    private static Key dropEldest(Map<Key, ?> shelf) {
        Iterator<Key> keys = shelf.keySet().iterator();
        Key eldest = keys.next();
        keys.remove();
        return eldest;
    }

    private void changed(ModelMetrics metrics) {
        changes.ifPresent(
                all -> all.reports().add(new BoardChanges.Report(metrics.model(), metrics.at())));
    }

    private void note(CreativeScore score) {
        notice(score);
        lastScored = Optional.of(clock.instant());
        scored++;
        throughput.mark();
    }

    private void notice(CreativeScore score) {
        Instant at = Instant.ofEpochMilli(score.at());
        eventTime = Optional.of(eventTime.filter(at::isBefore).orElse(at));
        if (hasRoom(score.model())) {
            history(score.model());
        }
        revision++;
    }

    private boolean hasRoom(String model) {
        return models.containsKey(model) || models.size() < MAX_MODELS;
    }

    private Deque<ModelMetrics> history(String model) {
        return models.computeIfAbsent(model, name -> new ArrayDeque<>());
    }
}
