// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.StepWatch;
import dev.kedge.state.cache.LiveCache;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What one task of a learner counts. Nothing of it is state, and nothing here allocates for a
 * record or a step: 16 KB of histograms is all. The task's thread counts; others read what they
 * find, which may be a record old.
 *
 * @param <M> type of the metrics
 */
final class LearnerMetrics<M> implements StepWatch {
    /** Newest values of which histograms tell quantiles. */
    static final int WINDOW = 1024;

    private static final int LOSSES = 64;
    private static final int NANOS = 1000;

    private final Clocks clocks;
    private final Counter recordsProcessed;
    private final Counter scoresEmitted;
    private final Counter deadLetters;
    private final DeadLetterCounters reasons;
    private final Counter stepsLearned;
    private final Counter stepRounds;
    private final Counter stepsRefused;
    private final Counter cacheHits;
    private final Counter cacheMisses;
    private final Counter modelsExpired;
    private final Counter commandsObeyed;
    private final Counter bytesWritten;
    private final Histogram scoreLatency;
    private final Histogram learnTime;
    private final double[] losses;
    private final LiveGauges<M> gauges;
    private long learnedUntil = LiveModels.NO_TIME;
    private long stepBegan;
    private long told;
    private int dirty;
    private int changed;
    private Written written = new Written(0, 0, 0);

    /**
     * Clocks for metrics alone.
     *
     * @param millis epoch milliseconds
     * @param nanos from any moment
     */
    record Clocks(LongSupplier millis, LongSupplier nanos) {}

    /** What a checkpoint wrote. */
    private record Written(int models, long entries, long bytes) {}

    /**
     * Registers all of them.
     *
     * @param operator the operator's own group
     * @param parts of the loss
     */
    LearnerMetrics(
            MetricGroup operator, Clocks clocks, LiveModels<?, ?, M> models, List<String> parts) {
        MetricGroup group = operator.addGroup(KedgeMetric.GROUP);
        this.clocks = clocks;
        recordsProcessed = KedgeMetric.RECORDS_PROCESSED.counter(group);
        scoresEmitted = KedgeMetric.SCORES_EMITTED.counter(group);
        deadLetters = KedgeMetric.DEAD_LETTERS.counter(group);
        reasons = new DeadLetterCounters(operator);
        stepsLearned = KedgeMetric.STEPS.counter(group);
        stepRounds = KedgeMetric.STEP_ROUNDS.counter(group);
        stepsRefused = KedgeMetric.STEPS_REFUSED.counter(group);
        cacheHits = KedgeMetric.CACHE_HITS.counter(group);
        cacheMisses = KedgeMetric.CACHE_MISSES.counter(group);
        modelsExpired = KedgeMetric.MODELS_EXPIRED.counter(group);
        commandsObeyed = KedgeMetric.COMMANDS_OBEYED.counter(group);
        bytesWritten = KedgeMetric.BYTES_WRITTEN.counter(group);
        KedgeMetric.RECORDS_RATE.meter(group, new MeterView(recordsProcessed));
        KedgeMetric.SCORES_RATE.meter(group, new MeterView(scoresEmitted));
        KedgeMetric.STEPS_RATE.meter(group, new MeterView(stepsLearned));
        scoreLatency = KedgeMetric.SCORE_LATENCY.histogram(group, histogram());
        learnTime = KedgeMetric.LEARN_TIME.histogram(group, histogram());
        gauges = new LiveGauges<>(models);
        gauges.register(group);
        losses = new double[parts.size()];
        Arrays.fill(losses, Double.NaN);
        for (int i = 0; i < losses.length; i++) {
            int at = i;
            KedgeMetric loss = KedgeMetric.LOSS;
            loss.gauge(loss.labelled(group, parts.get(i)), () -> losses[at]);
        }
        KedgeMetric.MODEL_AGE.gauge(group, () -> age(learnedUntil, LiveModels.NO_TIME));
        KedgeMetric.OLDEST_MODEL_AGE.gauge(group, () -> age(gauges.oldest(), Long.MAX_VALUE));
        KedgeMetric.DIRTY_MODELS.gauge(group, () -> dirty);
        KedgeMetric.CHECKPOINT_MODELS.gauge(group, () -> written.models());
        KedgeMetric.CHECKPOINT_ENTRIES.gauge(group, () -> written.entries());
        KedgeMetric.CHECKPOINT_BYTES.gauge(group, () -> written.bytes());
    }

    private static Histogram histogram() {
        return new DescriptiveStatisticsHistogram(WINDOW);
    }

    private double age(long since, long unknown) {
        return since == unknown ? Double.NaN : clocks.millis().getAsLong() - since;
    }

    /** Tells how the cache is. */
    void watch(MetricGroup operator, LiveCache<?> live) {
        MetricGroup group = operator.addGroup(KedgeMetric.GROUP);
        KedgeMetric.LIVE_MODELS.gauge(group, live::size);
        KedgeMetric.LIVE_BYTES.gauge(group, live::bytes);
        KedgeMetric.EVICTIONS.gauge(group, live::evictions);
    }

    /** Tells what is still to be written. */
    void watch(MetricGroup operator, LongSupplier unwritten) {
        KedgeMetric.DIRTY_BYTES.gauge(operator.addGroup(KedgeMetric.GROUP), unwritten::getAsLong);
    }

    void hit() {
        cacheHits.inc();
    }

    void missed() {
        cacheMisses.inc();
    }

    /** A record is for a model. */
    void touched(Live<?, ?, M> live) {
        dirty += live.touch() ? 1 : 0;
    }

    /** A model was written or forgotten. */
    void cleaned(Live<?, ?, M> live) {
        dirty -= live.clean() ? 1 : 0;
    }

    /** A model has processed a record. */
    void processed(Live<?, ?, M> live) {
        recordsProcessed.inc();
        learnedUntil = Math.max(learnedUntil, live.model().learnedUntil());
    }

    /**
     * A score left.
     *
     * @param produced when the record that brought it about was produced, epoch milliseconds;
     *     negative if that is not known
     */
    void scored(long produced) {
        scoresEmitted.inc();
        if (produced >= 0) {
            scoreLatency.update(Math.max(0, clocks.millis().getAsLong() - produced));
        }
    }

    void rejected(Reason reason) {
        deadLetters.inc();
        reasons.count(reason);
    }

    void said(M metrics, double[] figures) {
        gauges.note(metrics, figures);
    }

    void expired() {
        modelsExpired.inc();
    }

    void obeyed() {
        commandsObeyed.inc();
    }

    /** Steps that waited are made. */
    void round() {
        stepRounds.inc();
    }

    void refusedSteps(long count) {
        stepsRefused.inc(count);
    }

    double[] untold() {
        return gauges.untold();
    }

    @Override
    public void begins() {
        stepBegan = clocks.nanos().getAsLong();
    }

    @Override
    public void made(double[] parts) {
        learnTime.update((clocks.nanos().getAsLong() - stepBegan) / NANOS);
        stepsLearned.inc();
        long weight = Math.min(++told, LOSSES);
        for (int i = 0; i < Math.min(losses.length, parts.length); i++) {
            double before = told == 1 ? 0 : losses[i];
            losses[i] = before + (parts[i] - before) / weight;
        }
    }

    /** Parts of a model were written. */
    void wrote(long bytes) {
        bytesWritten.inc(bytes);
    }

    /** A checkpoint begins: each live model is {@link #visited}, then all are {@link #written}. */
    void checkpoints() {
        changed = dirty;
        gauges.begin();
    }

    void visited(Live<?, ?, M> live) {
        gauges.add(live);
    }

    void written(long entries, long bytes) {
        written = new Written(changed, entries, bytes);
        gauges.end();
    }
}
