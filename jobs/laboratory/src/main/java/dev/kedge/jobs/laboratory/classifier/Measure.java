// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.operators.metrics.AccuracyMatrix;
import java.util.Locale;

/** What is told of every run. */
enum Measure {
    /** Mean accuracy on all tasks after the last. */
    END_ACCURACY,
    /** Mean, over the tasks learned, of the mean accuracy on all tasks up to then. */
    ANYTIME_ACCURACY,
    /** By how much tasks got worse until the end, the last left out; undefined for one task. */
    FORGETTING,
    /** Mean accuracy on each task right after learning it. */
    LEARNING_ACCURACY,
    /** Largest heap use of the model, in bytes. */
    PEAK_BYTES,
    /** Rank of the embeddings after the last task. */
    EMBEDDING_RANK,
    /** Share of the samples that were learned from; less than 1 if the stream does not wait. */
    LEARNED_SHARE,
    /** Share of the samples that were answered rightly when they came, if they do not wait. */
    ARRIVAL_ACCURACY,
    /** Samples learned in a second of learning; depends on the machine. */
    SAMPLES_PER_SECOND;

    /** Whether it depends on the machine; the others are decided by seed and data. */
    boolean isOfMachine() {
        return this == SAMPLES_PER_SECOND;
    }

    /** The column of a table. */
    Figure<RunResult> figure() {
        return Figure.of(name().toLowerCase(Locale.ROOT), this::of);
    }

    double of(RunResult run) {
        AccuracyMatrix matrix = run.matrix();
        return switch (this) {
            case END_ACCURACY -> matrix.end();
            case ANYTIME_ACCURACY -> matrix.anytime();
            case FORGETTING -> matrix.tasks() > 1 ? matrix.forgetting() : Double.NaN;
            case LEARNING_ACCURACY -> matrix.learning();
            case PEAK_BYTES -> run.progress().cost().peakBytes();
            case EMBEDDING_RANK -> run.embeddingRank();
            case LEARNED_SHARE -> run.learnedShare();
            case ARRIVAL_ACCURACY -> run.arrivalAccuracy();
            case SAMPLES_PER_SECOND -> run.samplesPerSecond();
        };
    }
}
