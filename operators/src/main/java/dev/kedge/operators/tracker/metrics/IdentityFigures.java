// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.metrics;

/**
 * Identity figures (Ristani et al. 2016), as TrackEval computes them: instances and tracks are
 * paired once for the whole sequence, so that most frames agree.
 *
 * @param truePositives frames in which an instance's own track is at its place
 * @param falseNegatives frames of instances without
 * @param falsePositives frames of tracks without
 */
public record IdentityFigures(int truePositives, int falseNegatives, int falsePositives) {
    /**
     * Computes them.
     *
     * @param threshold least similarity of the same place
     */
    public static IdentityFigures of(TrackedSequence sequence, double threshold) {
        return OwnTracks.of(sequence, threshold).figures();
    }

    /** Share of the tracks' frames that agree; 0 without any. */
    public double precision() {
        return truePositives / Math.max(1.0, truePositives + falsePositives);
    }

    /** Share of the instances' frames that agree; 0 without any. */
    public double recall() {
        return truePositives / Math.max(1.0, truePositives + falseNegatives);
    }

    /** IDF1, the harmonic mean of precision and recall. */
    public double f1() {
        return truePositives
                / Math.max(1.0, truePositives + 0.5 * falsePositives + 0.5 * falseNegatives);
    }
}
