// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.learner.Finite;
import dev.kedge.operators.math.Assignment;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * CTVIS' online tracker: gives the detections of a frame the numbers of the bank's instances, or
 * new ones, and updates the bank (specs/ctvis.md, "Online tracker"). As in the authors' program,
 * with one difference: if all instances have died, the next frame starts anew, where theirs stops.
 * Keeps nothing between frames but scratch space; not thread-safe.
 */
public final class OnlineTracker {
    private final Settings settings;
    private final MatchScores matchScores;
    private final Motion motion;
    private final Assignment hungarian = new Assignment();
    private double[] left = {};

    /** How detections and entries are paired. */
    @PublicApi
    public enum Pairing {
        /** Detections choose in the order of their scores. */
        GREEDY,
        /** The sum of the match scores is largest; sightings do not weigh. */
        HUNGARIAN
    }

    /** How detections and instances are paired. */
    @PublicApi
    public record Settings(
            @Meaning(
                            "How alike a detection and an instance are: the mean of the softmax over instances and the softmax over detections (CTVIS), or the cosine.")
                    Match match,
            @Meaning(
                            "How they are paired: detections choose by their scores (CTVIS), or the sum of the match scores is largest.")
                    Pairing pairing,
            @Meaning("Match scores up to this are none; -1 to 1.") @Range(min = -1, max = 1)
                    double matchThreshold,
            @Meaning(
                            "Detections of a score up to this are dropped, but for the best of a frame in which all are as weak; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double selectThreshold,
            @Meaning("Unmatched detections of a score up to this begin no instance; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double birthThreshold,
            @Meaning(
                            "Of two detections with boxes that overlap by more than this (intersection over union) the weaker is dropped; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double overlap,
            @Meaning(
                            "Whether a detection that matches several instances prefers those seen more often; for `greedy`.")
                    boolean weighBySightings,
            @Meaning(
                            "By which embeddings they are compared: the learned one (CTVIS), or both, the learned one and the features that came in, by the mean of their cosines on the scale of the latter; `both` wants `cosine`.")
                    Appearance appearance,
            Motion.Settings motion)
            implements Serializable {
        /** Checks that cosines of both embeddings are compared. */
        public Settings {
            Checks.require(
                    appearance == Appearance.LEARNED || match == Match.COSINE,
                    "appearance",
                    appearance.name().toLowerCase(Locale.ROOT),
                    "learned unless match is cosine");
        }

        /** The authors' values. */
        public static final Settings REFERENCE =
                new Settings(Match.BISOFTMAX, Pairing.GREEDY, 0.2, 0.01, 0.01, 0.6, true);

        /** By learned appearance alone. */
        public Settings(
                Match match,
                Pairing pairing,
                double matchThreshold,
                double selectThreshold,
                double birthThreshold,
                double overlap,
                boolean weighBySightings) {
            this(
                    match,
                    pairing,
                    matchThreshold,
                    selectThreshold,
                    birthThreshold,
                    overlap,
                    weighBySightings,
                    Appearance.LEARNED,
                    Motion.Settings.OFF);
        }
    }

    /** By these rules. */
    public OnlineTracker(Settings settings) {
        this.settings = Schema.checked(settings);
        motion = new Motion(settings.motion());
        matchScores = new MatchScores(settings.match());
    }

    /**
     * Tracks a frame.
     *
     * @param bank updated
     * @param frame number of the frame, larger than those before
     * @param detections the frame's detections
     * @param embeddings a row for each
     * @return what became of each detection, in their order; nothing of one whose embedding is not
     *     finite
     */
    public List<Track> track(
            MemoryBank bank, long frame, List<Detection> detections, double[] embeddings) {
        return track(bank, BankSearch.EXACT, frame, detections, embeddings);
    }

    /**
     * As {@link #track(MemoryBank, long, List, double[])}, among the entries that a search finds.
     *
     * @param search the bank's own
     */
    public List<Track> track(
            MemoryBank bank,
            BankSearch search,
            long frame,
            List<Detection> detections,
            double[] embeddings) {
        MotionTable motions = new MotionTable("");
        return track(bank, motions, Optional.empty(), search, frame, detections, embeddings);
    }

    /**
     * The same with what is known of how instances move, and of what came in.
     *
     * @param motions of the bank's instances; updated
     * @param given nothing where the learned embedding alone counts
     * @param search the bank's own
     */
    List<Track> track(
            MemoryBank bank,
            MotionTable motions,
            Optional<Given> given,
            BankSearch search,
            long frame,
            List<Detection> detections,
            double[] embeddings) {
        List<Track> tracks = new ArrayList<>(Collections.nCopies(detections.size(), Track.NONE));
        int[] rows = finite(select(detections), embeddings, bank.settings().width());
        int[] places = search.places(bank, embeddings, rows);
        if (rows.length > 0 && places.length > 0) {
            double[] learned = matchScores.of(embeddings, rows, bank, places);
            double[] came = given.map(g -> g.cosines(rows, bank, places)).orElse(learned);
            int pairs = rows.length * places.length;
            double[] scores = given.map(g -> g.both().mix(learned, came, pairs)).orElse(learned);
            motion.weigh(scores, rows, bank, places, motions, frame, detections);
            int[] chosen =
                    settings.pairing() == Pairing.GREEDY
                            ? greedy(copy(scores), rows.length, bank, places)
                            : best(scores, rows.length, places.length);
            given.ifPresent(g -> g.both().see(learned, came, chosen, places.length));
            for (int i = 0; i < rows.length; i++) {
                if (chosen[i] >= 0) {
                    Detection seen = detections.get(rows[i]);
                    int place = places[chosen[i]];
                    bank.see(place, frame, embeddings, rows[i], seen.score(), seen.label());
                    double score = scores[i * places.length + chosen[i]];
                    tracks.set(
                            rows[i],
                            new Track(
                                    bank.get(place).id(),
                                    OptionalDouble.of(score),
                                    false,
                                    bank.get(place).sightings()));
                }
            }
        }
        for (int row : rows) {
            Detection seen = detections.get(row);
            if (tracks.get(row).dropped() && seen.score() > settings.birthThreshold()) {
                long id = bank.add(frame, embeddings, row, seen.score(), seen.label());
                tracks.set(row, new Track(id, OptionalDouble.empty(), true, 1));
            }
        }
        bank.expire(frame);
        motion.follow(motions, bank, frame, detections, tracks);
        given.ifPresent(g -> g.follow(bank, tracks));
        return tracks;
    }

    /** The rows that can be compared with anything: one that is not finite would ruin the bank. */
    private static int[] finite(int[] rows, double[] embeddings, int width) {
        return IntStream.of(rows)
                .filter(row -> Finite.all(embeddings, row * width, (row + 1) * width))
                .toArray();
    }

    private double[] copy(double[] scores) {
        if (left.length < scores.length) {
            left = new double[scores.length];
        }
        System.arraycopy(scores, 0, left, 0, scores.length);
        return left;
    }

    /**
     * Says which detections of a frame are matched at all: neither too weak nor duplicates.
     *
     * @return for each detection whether it is
     */
    public boolean[] selected(List<Detection> detections) {
        boolean[] selected = new boolean[detections.size()];
        for (int row : select(detections)) {
            selected[row] = true;
        }
        return selected;
    }

    /** The rows that are kept, from the highest score to the lowest, equals in their order. */
    private int[] select(List<Detection> detections) {
        int[] sorted =
                IntStream.range(0, detections.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(row -> -detections.get(row).score()))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int strong = 0;
        while (strong < sorted.length
                && detections.get(sorted[strong]).score() > settings.selectThreshold()) {
            strong++;
        }
        int[] kept = Arrays.copyOf(sorted, Math.max(strong, Math.min(1, sorted.length)));
        int count = 0;
        for (int row : kept) {
            if (!isDuplicate(detections, kept, count, row)) {
                kept[count++] = row;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private boolean isDuplicate(List<Detection> detections, int[] kept, int count, int row) {
        for (int k = 0; k < count; k++) {
            Detection stronger = detections.get(kept[k]);
            Detection weaker = detections.get(row);
            if (stronger.box().isPresent()
                    && weaker.box().isPresent()
                    && stronger.box().get().overlap(weaker.box().get()) > settings.overlap()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Lets detections choose one after the other. What one has taken has score 0 for the others.
     *
     * @param scores rows x places, changed
     * @return for each row the index of its place, or -1
     */
    private int[] greedy(double[] scores, int rows, MemoryBank bank, int[] places) {
        int[] chosen = new int[rows];
        int m = places.length;
        for (int i = 0; i < rows; i++) {
            boolean several = settings.weighBySightings() && count(scores, i, m) > 1;
            double mean = several ? meanSightings(scores, i, bank, places) : 1;
            int best = 0;
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < m; j++) {
                double score = scores[i * m + j];
                if (several) {
                    boolean exceeds = score > settings.matchThreshold();
                    score *= exceeds ? bank.get(places[j]).sightings() : mean;
                }
                if (score > max) {
                    max = score;
                    best = j;
                }
            }
            chosen[i] = max > settings.matchThreshold() ? best : -1;
            for (int other = 0; chosen[i] >= 0 && other < rows; other++) {
                if (other != i) {
                    scores[other * m + best] = 0;
                }
            }
        }
        return chosen;
    }

    private int count(double[] scores, int row, int m) {
        int count = 0;
        for (int j = 0; j < m; j++) {
            count += scores[row * m + j] > settings.matchThreshold() ? 1 : 0;
        }
        return count;
    }

    /** Of the entries whose score exceeds the threshold. */
    private double meanSightings(double[] scores, int row, MemoryBank bank, int[] places) {
        double sum = 0;
        for (int j = 0; j < places.length; j++) {
            if (scores[row * places.length + j] > settings.matchThreshold()) {
                sum += bank.get(places[j]).sightings();
            }
        }
        return sum / count(scores, row, places.length);
    }

    private int[] best(double[] scores, int rows, int columns) {
        int[] chosen = hungarian.largest(scores, rows, columns);
        for (int i = 0; i < rows; i++) {
            if (chosen[i] >= 0 && !(scores[i * columns + chosen[i]] > settings.matchThreshold())) {
                chosen[i] = -1;
            }
        }
        return chosen;
    }
}
