// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.cache.LiveCache;
import dev.kedge.state.flink.KeyedPartStore;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The one operator for every learner. It keeps live models by key within a budget of bytes; a miss
 * reads keyed state, an eviction and a checkpoint write what changed. Nothing is serialised for a
 * record.
 *
 * <p>Scores leave by the main output, metrics and dead letters by side outputs.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public final class LearnerOperator<E, S, M> extends AbstractStreamOperator<S>
        implements OneInputStreamOperator<Incoming<E>, S> {
    private static final long serialVersionUID = 1L;

    private final LiveModels<E, S, M> models;
    private final OutputTag<M> metricsTag;
    private final OutputTag<DeadLetter> deadLetterTag;
    private final long cacheBytes;

    private transient LiveModels.Shared<E, S, M> shared;
    private transient KeyedPartStore store;
    private transient LiveCache<LiveModel<E, S, M>> live;
    private transient Emitter emitter;
    private transient Counter recordsProcessed;

    /**
     * Makes an operator.
     *
     * @param models makes the live models
     * @param metricsTag side output of the metrics
     * @param deadLetterTag side output of the refused records
     * @param cacheBytes bytes of live models that one task may keep; 0 keeps only the model in use
     */
    public LearnerOperator(
            LiveModels<E, S, M> models,
            OutputTag<M> metricsTag,
            OutputTag<DeadLetter> deadLetterTag,
            long cacheBytes) {
        this.models = models;
        this.metricsTag = metricsTag;
        this.deadLetterTag = deadLetterTag;
        this.cacheBytes = cacheBytes;
    }

    @Override
    public void open() throws Exception {
        super.open();
        shared = models.open();
        store = new KeyedPartStore(getRuntimeContext().getMapState(KeyedPartStore.descriptor()));
        live = new LiveCache<>(cacheBytes, LiveModel::bytes, this::flush);
        emitter = new Emitter();
        registerMetrics(getMetricGroup().addGroup("kedge"));
    }

    private void registerMetrics(MetricGroup group) {
        recordsProcessed = group.counter(MetricNames.RECORDS_PROCESSED);
        emitter.scores = group.counter(MetricNames.SCORES_EMITTED);
        emitter.deadLetters = group.counter(MetricNames.DEAD_LETTERS);
        group.gauge(MetricNames.LIVE_MODELS, () -> live.size());
        group.gauge(MetricNames.LIVE_BYTES, () -> live.bytes());
        group.gauge(MetricNames.EVICTIONS, () -> live.evictions());
    }

    @Override
    public void processElement(StreamRecord<Incoming<E>> element) {
        String key = (String) getCurrentKey();
        LiveModel<E, S, M> model = live.get(key).orElseGet(() -> load(key));
        emitter.timestamp = element.hasTimestamp() ? element.getTimestamp() : Long.MIN_VALUE;
        model.process(element.getValue(), emitter);
        recordsProcessed.inc();
        live.settle(key);
        setCurrentKey(key);
    }

    private LiveModel<E, S, M> load(String key) {
        LiveModel<E, S, M> model = shared.load(key, store);
        live.put(key, model);
        return model;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        live.forEach(this::flush);
        super.snapshotState(context);
    }

    private void flush(String key, LiveModel<E, S, M> model) {
        setCurrentKey(key);
        model.flush(store);
    }

    @Override
    public void close() throws Exception {
        if (shared != null) {
            shared.close();
        }
        super.close();
    }

    private final class Emitter implements Outlet<S, M> {
        private long timestamp;
        private Counter scores;
        private Counter deadLetters;

        @Override
        public void score(S score) {
            scores.inc();
            output.collect(record(score));
        }

        @Override
        public void metrics(M metrics) {
            output.collect(metricsTag, record(metrics));
        }

        @Override
        public void reject(DeadLetter letter) {
            deadLetters.inc();
            output.collect(deadLetterTag, record(letter));
        }

        private <T> StreamRecord<T> record(T value) {
            return timestamp == Long.MIN_VALUE
                    ? new StreamRecord<>(value)
                    : new StreamRecord<>(value, timestamp);
        }
    }
}
