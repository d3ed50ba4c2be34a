// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.metrics;

import dev.kedge.operators.math.Assignment;
import java.util.Arrays;

/**
 * HOTA (Luiten et al. 2021), as TrackEval computes it, at the localisation thresholds 0.05, 0.10 to
 * 0.95. Each array has a value for each threshold; {@link #mean} gives the published figure. A
 * sequence without instances or without tracks has localisation 1 and 0 for everything else.
 *
 * @param detection DetA, by threshold
 * @param association AssA
 * @param detectionRecall DetRe
 * @param detectionPrecision DetPr
 * @param associationRecall AssRe
 * @param associationPrecision AssPr
 * @param localisation LocA
 */
public record HotaFigures(
        double[] detection,
        double[] association,
        double[] detectionRecall,
        double[] detectionPrecision,
        double[] associationRecall,
        double[] associationPrecision,
        double[] localisation) {
    /** How many thresholds there are. */
    public static final int THRESHOLDS = 19;

    private static final double STEP = 0.05;
    private static final double EPSILON = Math.ulp(1.0);

    /** Computes them. */
    public static HotaFigures of(TrackedSequence sequence) {
        HotaFigures figures =
                new HotaFigures(
                        new double[THRESHOLDS],
                        new double[THRESHOLDS],
                        new double[THRESHOLDS],
                        new double[THRESHOLDS],
                        new double[THRESHOLDS],
                        new double[THRESHOLDS],
                        new double[THRESHOLDS]);
        if (sequence.truthCount() == 0 || sequence.trackCount() == 0) {
            Arrays.fill(figures.localisation, 1);
        } else {
            new Count(sequence).into(figures);
        }
        return figures;
    }

    /** HOTA by threshold: the geometric mean of detection and association. */
    public double[] hota() {
        double[] hota = new double[THRESHOLDS];
        for (int a = 0; a < THRESHOLDS; a++) {
            hota[a] = Math.sqrt(detection[a] * association[a]);
        }
        return hota;
    }

    /** The mean over the thresholds. */
    public static double mean(double[] figures) {
        return Arrays.stream(figures).sum() / figures.length;
    }

    private static final class Count {
        private final TrackedSequence sequence;
        private final int columns;
        private final int[] truthCounts;
        private final int[] trackCounts;
        private final double[] alignment;
        private final int[][] paired;
        private final int[][] agreements;

        Count(TrackedSequence sequence) {
            this.sequence = sequence;
            columns = sequence.tracks();
            truthCounts = new int[sequence.instances()];
            trackCounts = new int[columns];
            alignment = new double[sequence.instances() * columns];
            paired = new int[sequence.scenes().size()][];
            agreements = new int[THRESHOLDS][alignment.length];
        }

        void into(HotaFigures figures) {
            align();
            Assignment assignment = new Assignment();
            for (int t = 0; t < paired.length; t++) {
                paired[t] = pair(sequence.scenes().get(t), assignment);
            }
            for (int a = 0; a < THRESHOLDS; a++) {
                count(a, figures);
            }
        }

        /** How well each instance and track agree over the whole sequence, from 0 to 1. */
        private void align() {
            for (TrackedSequence.Scene scene : sequence.scenes()) {
                for (int instance : scene.truth()) {
                    truthCounts[instance]++;
                }
                for (int track : scene.tracks()) {
                    trackCounts[track]++;
                }
                addAgreement(scene);
            }
            for (int k = 0; k < alignment.length; k++) {
                double both = truthCounts[k / columns] + trackCounts[k % columns] - alignment[k];
                alignment[k] /= both;
            }
        }

        private void addAgreement(TrackedSequence.Scene scene) {
            int n = scene.truth().length;
            int m = scene.tracks().length;
            double[] ofTruth = new double[n];
            double[] ofTrack = new double[m];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    ofTruth[i] += scene.similarity(i, j);
                    ofTrack[j] += scene.similarity(i, j);
                }
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    double alike = scene.similarity(i, j);
                    double either = ofTruth[i] + ofTrack[j] - alike;
                    if (either > EPSILON) {
                        alignment[scene.truth()[i] * columns + scene.tracks()[j]] += alike / either;
                    }
                }
            }
        }

        private int[] pair(TrackedSequence.Scene scene, Assignment assignment) {
            int n = scene.truth().length;
            int m = scene.tracks().length;
            double[] scores = new double[n * m];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    int pair = scene.truth()[i] * columns + scene.tracks()[j];
                    scores[i * m + j] = alignment[pair] * scene.similarity(i, j);
                }
            }
            return assignment.largest(scores, n, m);
        }

        private void count(int a, HotaFigures figures) {
            double threshold = STEP + a * STEP;
            double located = 0;
            int hits = 0;
            for (int t = 0; t < paired.length; t++) {
                TrackedSequence.Scene scene = sequence.scenes().get(t);
                for (int i = 0; i < paired[t].length; i++) {
                    int j = paired[t][i];
                    if (j >= 0 && scene.similarity(i, j) >= threshold - EPSILON) {
                        located += scene.similarity(i, j);
                        agreements[a][scene.truth()[i] * columns + scene.tracks()[j]]++;
                        hits++;
                    }
                }
            }
            double either = sequence.truthCount() + sequence.trackCount() - (double) hits;
            figures.detection[a] = hits / Math.max(1, either);
            figures.detectionRecall[a] = hits / Math.max(1.0, sequence.truthCount());
            figures.detectionPrecision[a] = hits / Math.max(1.0, sequence.trackCount());
            // TrackEval's floor: a threshold that nothing reaches has localisation 1.
            figures.localisation[a] = Math.max(1e-10, located) / Math.max(1e-10, hits);
            associate(a, hits, figures);
        }

        private void associate(int a, int hits, HotaFigures figures) {
            double accuracy = 0;
            double recall = 0;
            double precision = 0;
            for (int k = 0; k < alignment.length; k++) {
                double n = agreements[a][k];
                double ofTruth = truthCounts[k / columns];
                double ofTrack = trackCounts[k % columns];
                accuracy += n * n / Math.max(1, ofTruth + ofTrack - n);
                recall += n * n / Math.max(1, ofTruth);
                precision += n * n / Math.max(1, ofTrack);
            }
            figures.association[a] = accuracy / Math.max(1, hits);
            figures.associationRecall[a] = recall / Math.max(1, hits);
            figures.associationPrecision[a] = precision / Math.max(1, hits);
        }
    }
}
