// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.recall;

import java.util.Arrays;

/**
 * Scores of pairs of which it is known whether they are the same. Pairs of one score have no order:
 * figures are those of their group as a whole.
 */
final class PairScores {
    private double[] scores = new double[1024];
    private boolean[] same = new boolean[1024];
    private int count;
    private int positives;

    void add(double score, boolean isSame) {
        if (count == scores.length) {
            scores = Arrays.copyOf(scores, 2 * count);
            same = Arrays.copyOf(same, 2 * count);
        }
        scores[count] = score;
        same[count] = isSame;
        count++;
        positives += isSame ? 1 : 0;
    }

    int positives() {
        return positives;
    }

    int count() {
        return count;
    }

    /** Share of the pairs at or above a threshold that are the same. */
    double precision(double threshold) {
        int above = above(threshold, false);
        return above == 0 ? Double.NaN : (double) above(threshold, true) / above;
    }

    /** Share of the pairs that are the same that are at or above a threshold. */
    double recall(double threshold) {
        return (double) above(threshold, true) / positives;
    }

    private int above(double threshold, boolean onlySame) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += scores[i] >= threshold && (same[i] || !onlySame) ? 1 : 0;
        }
        return found;
    }

    /** Area under the curve of precision over recall, as steps. */
    double averagePrecision() {
        Sweep sweep = new Sweep();
        double sum = 0;
        while (sweep.next()) {
            sum += (double) sweep.group * sweep.found / sweep.seen;
        }
        return sum / positives;
    }

    /** Probability that a pair that is the same scores above one that is not; ties count half. */
    double areaUnderCurve() {
        Sweep sweep = new Sweep();
        double sum = 0;
        while (sweep.next()) {
            int others = sweep.size - sweep.group;
            sum += others * (sweep.found - sweep.group / 2.0);
        }
        return sum / ((double) positives * (count - positives));
    }

    /** The largest mean of precision and recall (harmonic) over all thresholds. */
    double bestBalance() {
        Sweep sweep = new Sweep();
        double best = 0;
        while (sweep.next()) {
            best = Math.max(best, 2.0 * sweep.found / (sweep.seen + positives));
        }
        return best;
    }

    /** Goes from the highest score to the lowest, group by group of equal scores. */
    private final class Sweep {
        private final Integer[] order = new Integer[count];
        private int seen;
        private int found;
        private int group;
        private int size;

        private Sweep() {
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
        }

        private boolean next() {
            int from = seen;
            group = 0;
            while (seen < count && scores[order[seen]] == scores[order[from]]) {
                group += same[order[seen]] ? 1 : 0;
                seen++;
            }
            size = seen - from;
            found += group;
            return size > 0;
        }
    }
}
