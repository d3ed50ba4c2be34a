// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.formats.Spelling;
import dev.kedge.connectors.json.CommandJson;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.flink.JobKafka;
import dev.kedge.jobs.flink.LearnerStage;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Samples and labels in; scores, metrics and dead letters out; one keyed operator between. The uids
 * are part of every savepoint.
 *
 * <p>Between two topics there is no order: which of a sample and a label of another sample is read
 * first may differ from run to run. Where scores must come out the same again after a failure,
 * samples and labels share a topic.
 */
public final class ClassifierJob implements StreamJob {
    /** Name of the schema of samples. */
    static final String SAMPLE = "sample";

    private static final String LABEL = "label";

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
    public Optional<LiveModels<?, ?, ?>> models() {
        return Optional.of(new ClassifierModels(settings.classifier()));
    }

    @Override
    public void build(StreamExecutionEnvironment environment) {
        ClassifierFile.Topics topics = settings.topics();
        Spelling spelling = settings.kafka().spelling();
        SampleJson decoder = new SampleJson(settings.classifier().input(), spelling.input(SAMPLE));
        SingleOutputStreamOperator<Incoming<ClassifierEvent>> samples =
                decoded(environment, new Source(topics.samples(), SAMPLE, "samples"), decoder);
        DataStream<Incoming<ClassifierEvent>> events = samples;
        DataStream<DeadLetter> unreadable = samples.getSideOutput(DecodeEvents.DEAD_LETTERS);
        if (!topics.labels().equals(topics.samples())) {
            SingleOutputStreamOperator<Incoming<ClassifierEvent>> labels =
                    decoded(
                            environment,
                            new Source(topics.labels(), LABEL, "labels"),
                            new LabelJson(spelling.input(LABEL)));
            events = samples.union(labels);
            unreadable = unreadable.union(labels.getSideOutput(DecodeEvents.DEAD_LETTERS));
        }
        SingleOutputStreamOperator<Incoming<Command>> commands =
                kafka.commands(environment, new CommandJson(ClassifierSettings.WEIGHTS));
        new LearnerStage<>(
                        new ClassifierModels(settings.classifier()),
                        incoming -> incoming.event().model(),
                        new LearnerStage.Output<>(ClassifierScore.class, ResultKeys::of),
                        new LearnerStage.Output<>(
                                ClassifierMetrics.class, ClassifierMetrics::model),
                        List.of())
                .add(settings, events, unreadable, commands);
    }

    private record Source(String topic, String record, String uid) {}

    private SingleOutputStreamOperator<Incoming<ClassifierEvent>> decoded(
            StreamExecutionEnvironment environment,
            Source from,
            EventDecoder<ClassifierEvent> decoder) {
        ClassifierSettings classifier = settings.classifier();
        JobKafka.Input<ClassifierEvent> input =
                new JobKafka.Input<>(
                        from.topic(),
                        from.record(),
                        from.uid(),
                        "decode-" + from.uid(),
                        decoder,
                        StreamTypes.INCOMING_CLASSIFIER);
        return kafka.events(environment, input, classifier.join().within(), classifier.ahead());
    }
}
