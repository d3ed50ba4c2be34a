// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Outlet;
import java.util.List;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * What a model says of a record, on its way out of the operator, with the record's timestamp.
 *
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
final class OperatorOutlet<S, M> implements Outlet<S, M> {
    private final Output<StreamRecord<S>> output;
    private final OutputTag<M> metricsTag;
    private final OutputTag<DeadLetter> deadLetterTag;
    private final List<SideOutput<?>> sideOutputs;
    private final LearnerMetrics<M> counted;
    private long timestamp;
    private long produced;
    private double[] figures = {};

    OperatorOutlet(
            Output<StreamRecord<S>> output,
            OutputTag<M> metricsTag,
            OutputTag<DeadLetter> deadLetterTag,
            List<SideOutput<?>> sideOutputs,
            LearnerMetrics<M> counted) {
        this.output = output;
        this.metricsTag = metricsTag;
        this.deadLetterTag = deadLetterTag;
        this.sideOutputs = List.copyOf(sideOutputs);
        this.counted = counted;
    }

    /**
     * What comes next answers a record.
     *
     * @param newest takes the figures of the model's newest metrics
     */
    void answers(StreamRecord<? extends Incoming<?>> element, double[] newest) {
        timestamp = element.hasTimestamp() ? element.getTimestamp() : Long.MIN_VALUE;
        produced = element.getValue().origin().timestamp();
        figures = newest;
    }

    @Override
    public void score(S score) {
        counted.scored(produced);
        output.collect(record(score));
    }

    @Override
    public void metrics(M metrics) {
        counted.said(metrics, figures);
        output.collect(metricsTag, record(metrics));
    }

    @Override
    public void sideOutput(Object answer) {
        for (SideOutput<?> to : sideOutputs) {
            send(to, answer);
        }
    }

    private <T> void send(SideOutput<T> to, Object answer) {
        if (to.type().isInstance(answer)) {
            output.collect(to.tag(), record(to.type().cast(answer)));
        }
    }

    @Override
    public void reject(DeadLetter letter) {
        counted.rejected(letter.reason());
        output.collect(deadLetterTag, record(letter));
    }

    private <T> StreamRecord<T> record(T value) {
        return timestamp == Long.MIN_VALUE
                ? new StreamRecord<>(value)
                : new StreamRecord<>(value, timestamp);
    }
}
