// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.metrics;

import dev.kedge.operators.math.Assignment;
import java.util.Arrays;

/**
 * CLEAR figures (Bernardin and Stiefelhagen 2008), as TrackEval computes them: in each frame
 * instances first keep the track of the frame before, then similarity is largest.
 *
 * @param truePositives instances with a track
 * @param falseNegatives instances without
 * @param falsePositives tracks without
 * @param switches how often an instance has another track than when it last had one
 * @param fragments how often an instance is found again after a frame without
 * @param mostlyTracked instances with a track in more than four fifths of their frames
 * @param partlyTracked instances with a track in a fifth of their frames or more, but no more than
 *     four
 * @param mostlyLost the other instances
 * @param similarity mean similarity of the pairs (MOTP); 0 without any
 */
public record ClearFigures(
        int truePositives,
        int falseNegatives,
        int falsePositives,
        int switches,
        int fragments,
        int mostlyTracked,
        int partlyTracked,
        int mostlyLost,
        double similarity) {
    private static final double EPSILON = Math.ulp(1.0);
    private static final double LOYALTY = 1000;
    private static final int NONE = -1;

    /**
     * Computes them.
     *
     * @param threshold least similarity of a pair
     */
    public static ClearFigures of(TrackedSequence sequence, double threshold) {

        return new Count(sequence.instances(), threshold).over(sequence);
    }

    /**
     * MOTA: 1 less the share of misses, false alarms and switches; may be negative. Without any
     * instance it is 0, as TrackEval leaves it: there is nothing to take a share of.
     */
    public double accuracy() {
        return ofInstances(truePositives - falsePositives - switches);
    }

    /** MODA: as MOTA, without the switches. */
    public double detectionAccuracy() {
        return ofInstances(truePositives - falsePositives);
    }

    /** Share of the instances of all frames that have a track; 0 without any. */
    public double recall() {
        return ofInstances(truePositives);
    }

    /** Share of the tracks of all frames that have an instance; 0 without any. */
    public double precision() {
        return truePositives / Math.max(1.0, truePositives + falsePositives);
    }

    /** MTR: share of the instances that are mostly tracked; 0 without any. */
    public double mostlyTrackedShare() {
        return mostlyTracked / Math.max(1.0, instances());
    }

    /** PTR: share of the instances that are partly tracked; 0 without any. */
    public double partlyTrackedShare() {
        return partlyTracked / Math.max(1.0, instances());
    }

    /** MLR: share of the instances that are mostly lost; 1 without any, as in TrackEval. */
    public double mostlyLostShare() {
        return instances() == 0 ? 1 : mostlyLost / (double) instances();
    }

    private int instances() {
        return mostlyTracked + partlyTracked + mostlyLost;
    }

    private double ofInstances(double number) {
        int all = truePositives + falseNegatives;
        return all == 0 ? 0 : number / all;
    }

    private static final class Count {
        private final double threshold;
        private final Assignment assignment = new Assignment();
        private final int[] present;
        private final int[] found;
        private final int[] starts;
        private final int[] lastTrack;
        private final int[] trackBefore;
        private int pairs;
        private int misses;
        private int alarms;
        private int switches;
        private double similarity;

        Count(int instances, double threshold) {
            this.threshold = threshold;
            present = new int[instances];
            found = new int[instances];
            starts = new int[instances];
            lastTrack = new int[instances];
            trackBefore = new int[instances];
            Arrays.fill(lastTrack, NONE);
            Arrays.fill(trackBefore, NONE);
        }

        ClearFigures over(TrackedSequence sequence) {
            for (TrackedSequence.Scene scene : sequence.scenes()) {
                for (int instance : scene.truth()) {
                    present[instance]++;
                }
                if (scene.truth().length == 0 || scene.tracks().length == 0) {
                    // TrackEval's rule: such a frame does not count as the frame before.
                    misses += scene.truth().length;
                    alarms += scene.tracks().length;
                } else {
                    add(scene);
                }
            }
            return figures();
        }

        private void add(TrackedSequence.Scene scene) {
            int rows = scene.truth().length;
            int columns = scene.tracks().length;
            int[] paired = pair(scene, rows, columns);
            int[] before = trackBefore.clone();
            Arrays.fill(trackBefore, NONE);
            int count = 0;
            for (int i = 0; i < rows; i++) {
                if (paired[i] != NONE) {
                    int instance = scene.truth()[i];
                    int track = scene.tracks()[paired[i]];
                    switches += lastTrack[instance] != NONE && lastTrack[instance] != track ? 1 : 0;
                    starts[instance] += before[instance] == NONE ? 1 : 0;
                    found[instance]++;
                    lastTrack[instance] = track;
                    trackBefore[instance] = track;
                    similarity += scene.similarity(i, paired[i]);
                    count++;
                }
            }
            pairs += count;
            misses += rows - count;
            alarms += columns - count;
        }

        private int[] pair(TrackedSequence.Scene scene, int rows, int columns) {
            double[] scores = new double[rows * columns];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double alike = scene.similarity(i, j);
                    boolean loyal = trackBefore[scene.truth()[i]] == scene.tracks()[j];
                    scores[i * columns + j] =
                            alike < threshold - EPSILON ? 0 : (loyal ? LOYALTY : 0) + alike;
                }
            }
            int[] paired = assignment.largest(scores, rows, columns);
            for (int i = 0; i < rows; i++) {
                if (paired[i] != NONE && !(scores[i * columns + paired[i]] > EPSILON)) {
                    paired[i] = NONE;
                }
            }
            return paired;
        }

        private ClearFigures figures() {
            int mostly = 0;
            int atLeastPartly = 0;
            int fragments = 0;
            for (int i = 0; i < present.length; i++) {
                double share = found[i] / (double) present[i];
                mostly += share > 0.8 ? 1 : 0;
                atLeastPartly += share >= 0.2 ? 1 : 0;
                fragments += Math.max(0, starts[i] - 1);
            }
            int partly = atLeastPartly - mostly;
            int lost = present.length - atLeastPartly;
            double mean = similarity / Math.max(1, pairs);
            return new ClearFigures(
                    pairs, misses, alarms, switches, fragments, mostly, partly, lost, mean);
        }
    }
}
