// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What changed on a board since it was last kept. What a name stands for now, if for anything, is
 * asked of the board when it is kept. Not thread-safe: the board holds the lock. Bounded by the
 * board, and by {@link #MAX_SCORES} scores while nothing can be kept.
 */
public final class BoardChanges {
    /** Scores that wait to be kept; the oldest give way. */
    static final int MAX_SCORES = 100_000;

    /** The metrics of a model at a moment. */
    public record Report(String model, long at) {}

    private final Set<ScoreBoard.Key> creatives = new LinkedHashSet<>();
    private final Set<ScoreBoard.Key> duplicates = new LinkedHashSet<>();
    private final Set<ScoreBoard.Key> campaigns = new LinkedHashSet<>();
    private final Set<Report> reports = new LinkedHashSet<>();
    private final Deque<CreativeScore> scores = new ArrayDeque<>();

    void scored(ScoreBoard.Key key, CreativeScore score) {
        creatives.add(key);
        scores.addLast(score);
        if (scores.size() > MAX_SCORES) {
            scores.removeFirst();
        }
    }

    Set<ScoreBoard.Key> creatives() {
        return creatives;
    }

    Set<ScoreBoard.Key> duplicates() {
        return duplicates;
    }

    Set<ScoreBoard.Key> campaigns() {
        return campaigns;
    }

    Set<Report> reports() {
        return reports;
    }

    Deque<CreativeScore> scores() {
        return scores;
    }

    void clear() {
        creatives.clear();
        duplicates.clear();
        campaigns.clear();
        reports.clear();
        scores.clear();
    }
}
