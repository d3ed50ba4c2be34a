// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.connectors.codec.CommandJson;
import dev.kedge.connectors.codec.EventDecoder;
import dev.kedge.connectors.codec.LabelJson;
import dev.kedge.connectors.codec.SampleJson;
import dev.kedge.connectors.kafka.ClassifierSinks;
import dev.kedge.connectors.kafka.DeadLetterSink;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.kafka.EventTimeWatermarks;
import dev.kedge.connectors.kafka.RawRecord;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.flink.JobKafka;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * Samples and labels in; scores, metrics and dead letters out; one keyed operator between. The uids
 * are part of every savepoint.
 *
 * <p>Between two topics there is no order: which of a sample and a label of another sample is read
 * first may differ from run to run. Where scores must come out the same again after a failure,
 * samples and labels share a topic.
 */
public final class ClassifierJob implements StreamJob {
    private static final OutputTag<ClassifierMetrics> METRICS =
            new OutputTag<>("kedge-metrics", StreamTypes.CLASSIFIER_METRICS);
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("kedge-refused", StreamTypes.DEAD_LETTER);

    private final ClassifierFile settings;
    private final JobKafka kafka;

    /** Takes the settings. */
    public ClassifierJob(ClassifierFile settings) {
        this.settings = settings;
        kafka = new JobKafka(settings);
    }

    @Override
    public ClassifierFile settings() {
        return settings;
    }

    @Override
    public void build(StreamExecutionEnvironment environment) {
        ClassifierFile.Topics topics = settings.topics();
        SingleOutputStreamOperator<Incoming<ClassifierEvent>> samples =
                decoded(
                        environment,
                        topics.samples(),
                        "samples",
                        new SampleJson(settings.classifier().input()));
        DataStream<Incoming<ClassifierEvent>> events = samples;
        DataStream<DeadLetter> unreadable = samples.getSideOutput(DecodeEvents.DEAD_LETTERS);
        if (!topics.labels().equals(topics.samples())) {
            SingleOutputStreamOperator<Incoming<ClassifierEvent>> labels =
                    decoded(environment, topics.labels(), "labels", new LabelJson());
            events = samples.union(labels);
            unreadable = unreadable.union(labels.getSideOutput(DecodeEvents.DEAD_LETTERS));
        }
        SingleOutputStreamOperator<Incoming<Command>> commands =
                kafka.commands(environment, new CommandJson(ClassifierSettings.WEIGHTS));
        SingleOutputStreamOperator<ClassifierScore> scores =
                events.keyBy(incoming -> incoming.event().model(), Types.STRING)
                        .connect(commands.broadcast())
                        .transform(
                                "learn",
                                StreamTypes.CLASSIFIER_SCORE,
                                new LearnerOperator<>(
                                        new ClassifierModels(settings.classifier()),
                                        METRICS,
                                        REFUSED,
                                        LearnerBounds.of(settings.cache())
                                                .expiringAfter(settings.expireAfter())))
                        .uid("learn");
        scores.sinkTo(ClassifierSinks.scores(kafka.output(topics.scores(), "scores")))
                .uid("scores")
                .name("scores");
        scores.getSideOutput(METRICS)
                .sinkTo(ClassifierSinks.metrics(kafka.output(topics.metrics(), "metrics")))
                .uid("metrics")
                .name("metrics");
        unreadable
                .union(
                        scores.getSideOutput(REFUSED),
                        commands.getSideOutput(DecodeEvents.DEAD_LETTERS))
                .sinkTo(DeadLetterSink.to(kafka.output(topics.deadLetters(), "dead-letters")))
                .uid("dead-letters")
                .name("dead-letters");
    }

    private SingleOutputStreamOperator<Incoming<ClassifierEvent>> decoded(
            StreamExecutionEnvironment environment,
            String topic,
            String uid,
            EventDecoder<ClassifierEvent> decoder) {
        return kafka.source(topic).stream(environment, uid, watermarks())
                .process(new DecodeEvents<>(decoder))
                .returns(StreamTypes.INCOMING_CLASSIFIER)
                .uid("decode-" + uid)
                .name("decode-" + uid);
    }

    /** Only keys that expire need to know how far event time is. */
    private WatermarkStrategy<RawRecord> watermarks() {
        ClassifierSettings classifier = settings.classifier();
        return settings.expireAfter().isZero()
                ? WatermarkStrategy.noWatermarks()
                : EventTimeWatermarks.of(classifier.join().within(), classifier.ahead());
    }
}
