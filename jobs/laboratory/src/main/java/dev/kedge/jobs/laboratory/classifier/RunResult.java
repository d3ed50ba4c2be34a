// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.laboratory.Outcome;
import dev.kedge.operators.metrics.AccuracyMatrix;
import java.util.List;

/**
 * What a finished run leaves behind.
 *
 * @param key which run it was
 * @param fingerprint of data and settings; runs with different ones do not belong together
 * @param commit of the program that ended it
 * @param progress what it measured
 */
record RunResult(RunKey key, String fingerprint, String commit, RunProgress progress)
        implements Outcome {
    private static final double NANOS = 1e9;

    @Override
    public List<String> labels() {
        return key.labels();
    }

    @Override
    public long seed() {
        return key.seed();
    }

    AccuracyMatrix matrix() {
        return AccuracyMatrix.of(
                progress.accuracies().stream()
                        .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
                        .toArray(double[][]::new));
    }

    double samplesPerSecond() {
        return progress.learned() / (progress.cost().learningNanos() / NANOS);
    }

    double embeddingRank() {
        List<Double> ranks = progress.ranks();
        return ranks.isEmpty() ? Double.NaN : ranks.get(ranks.size() - 1);
    }

    double learnedShare() {
        return progress.learned() / (double) progress.arrived();
    }

    /** Undefined if nothing was answered when it came. */
    double arrivalAccuracy() {
        return progress.arrivals().equals(RunProgress.Arrivals.NONE)
                ? Double.NaN
                : progress.arrivals().right() / (double) progress.arrived();
    }
}
