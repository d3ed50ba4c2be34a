// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.connectors.kafka.DeadLetterSink;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.flink.SideOutput;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.state.flink.RecordType;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/**
 * The keyed operator of a job and the topics that it writes: scores, metrics and dead letters. The
 * uids are part of every savepoint.
 *
 * @param models the live models
 * @param model an event's key: the name of its model
 * @param scores how scores leave
 * @param metrics how metrics leave
 * @param sideOutputs side outputs for answers beside scores and metrics
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public record LearnerStage<E, S, M>(
        LiveModels<E, S, M> models,
        KeySelector<Incoming<E>, String> model,
        Output<S> scores,
        Output<M> metrics,
        List<SideOutput<?>> sideOutputs) {
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("kedge-refused", StreamTypes.DEAD_LETTER);

    /**
     * How records of a kind leave.
     *
     * @param type the record
     * @param key gives a record's key in its topic
     * @param <T> the record
     */
    public record Output<T>(Class<T> type, SerializableFunction<T, String> key) {
        RecordType<T> flinkType() {
            return RecordType.forRecord(type);
        }

        KafkaSink<T> sink(JobKafka kafka, String topic, String what) {
            return kafka.output(topic, what).records(kafka.writer(type, topic), key);
        }
    }

    /**
     * Adds it to a job.
     *
     * @param settings topics, cache, expiry
     * @param events what is learned from
     * @param unreadable what could not be decoded
     * @param commands what the models obey
     * @return the scores
     */
    public SingleOutputStreamOperator<S> add(
            JobSettings settings,
            DataStream<Incoming<E>> events,
            DataStream<DeadLetter> unreadable,
            SingleOutputStreamOperator<Incoming<Command>> commands) {
        JobKafka kafka = new JobKafka(settings);
        OutputTag<M> reported = new OutputTag<>("kedge-metrics", metrics.flinkType());
        LearnerBounds bounds =
                LearnerBounds.of(settings.cache())
                        .expiringAfter(settings.expireAfter())
                        .leavingDirty(settings.checkpoints().dirty().getBytes())
                        .on(settings.device())
                        .grouped(settings.grouping());
        LearnerOperator<E, S, M> learner =
                new LearnerOperator<>(models, reported, REFUSED, bounds, sideOutputs);
        SingleOutputStreamOperator<S> said =
                events.keyBy(model, Types.STRING)
                        .connect(commands.broadcast())
                        .transform("learn", scores.flinkType(), learner)
                        .uid("learn");
        said.sinkTo(scores.sink(kafka, settings.topics().scores(), "scores"))
                .uid("scores")
                .name("scores");
        said.getSideOutput(reported)
                .sinkTo(metrics.sink(kafka, settings.topics().metrics(), "metrics"))
                .uid("metrics")
                .name("metrics");
        unreadable
                .union(
                        said.getSideOutput(REFUSED),
                        commands.getSideOutput(DecodeEvents.DEAD_LETTERS))
                .sinkTo(
                        DeadLetterSink.to(
                                kafka.output(settings.topics().deadLetters(), "dead-letters")))
                .uid("dead-letters")
                .name("dead-letters");
        return said;
    }
}
