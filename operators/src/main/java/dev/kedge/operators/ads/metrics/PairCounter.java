// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

import java.util.Arrays;

/**
 * Counts concordant pairs: goes back in time, keeps the risks of all who live longer in a tree of
 * counts (Fenwick's) and asks it at each event how many of them are of lower, equal and higher
 * risk.
 */
final class PairCounter {
    private final Outcomes outcomes;
    private final double[] risks;
    private final double[] weights;
    private final double tolerance;
    private final double[] sorted;
    private final int[] rank;
    private final int[] tree;

    private int longer;
    private long concordant;
    private long discordant;
    private long tiedRisk;
    private long tiedTime;
    private double numerator;
    private double denominator;

    PairCounter(Outcomes outcomes, double[] risks, double[] weights, double tolerance) {
        outcomes.requireSize("risks", risks.length);
        Sorting.requireFinite("risks", risks);
        this.outcomes = outcomes;
        this.risks = risks;
        this.weights = weights;
        this.tolerance = tolerance;
        this.sorted = risks.clone();
        Arrays.sort(sorted);
        this.rank = ranks(risks);
        this.tree = new int[risks.length + 1];
    }

    private static int[] ranks(double[] risks) {
        int[] order = Sorting.ascending(risks);
        int[] rank = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
        }
        return rank;
    }

    Concordance count() {
        int[] order = outcomes.byTime();
        int end = order.length;
        while (end > 0) {
            int start = startOfTies(order, end);
            countAt(order, start, end);
            end = start;
        }
        return new Concordance(numerator / denominator, concordant, discordant, tiedRisk, tiedTime);
    }

    private int startOfTies(int[] order, int end) {
        int start = end - 1;
        double time = outcomes.times()[order[start]];
        while (start > 0 && outcomes.times()[order[start - 1]] == time) {
            start--;
        }
        return start;
    }

    private void countAt(int[] order, int start, int end) {
        int censored = addAll(order, start, end, false);
        for (int i = start; i < end; i++) {
            if (outcomes.events()[order[i]]) {
                countFrom(order[i]);
                tiedTime += censored;
            }
        }
        addAll(order, start, end, true);
    }

    private int addAll(int[] order, int start, int end, boolean events) {
        int before = longer;
        for (int i = start; i < end; i++) {
            if (outcomes.events()[order[i]] == events) {
                add(rank[order[i]]);
            }
        }
        return longer - before;
    }

    private void countFrom(int row) {
        int lower = countBelow(firstNotLower(risks[row]));
        int notHigher = countBelow(firstHigher(risks[row]));
        int tied = notHigher - lower;
        concordant += lower;
        tiedRisk += tied;
        discordant += longer - notHigher;
        numerator += weights[row] * (lower + 0.5 * tied);
        denominator += weights[row] * longer;
    }

    private int firstNotLower(double risk) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (risk - sorted[middle] > tolerance) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int firstHigher(double risk) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] - risk > tolerance) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void add(int position) {
        longer++;
        for (int i = position + 1; i < tree.length; i += i & -i) {
            tree[i]++;
        }
    }

    private int countBelow(int position) {
        int count = 0;
        for (int i = position; i > 0; i -= i & -i) {
            count += tree[i];
        }
        return count;
    }
}
