// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.connectors.json.CommandJson;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.flink.JobKafka;
import dev.kedge.jobs.flink.LearnerStage;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Frames in; scores, metrics and dead letters out; one keyed operator between. The uids are part of
 * every savepoint.
 */
public final class TrackerJob implements StreamJob {
    /** Name of the schema of what is read. */
    static final String RECORD = "frame";

    private final TrackerFile settings;
    private final JobKafka kafka;

    /** Takes the settings. */
    public TrackerJob(TrackerFile settings) {
        this.settings = settings;
        kafka = new JobKafka(settings);
    }

    @Override
    public TrackerFile settings() {
        return settings;
    }

    @Override
    public Optional<LiveModels<?, ?, ?>> models() {
        return Optional.of(new TrackerModels(settings.tracker()));
    }

    @Override
    public void build(StreamExecutionEnvironment environment) {
        TrackerSettings tracker = settings.tracker();
        SingleOutputStreamOperator<Incoming<StreamFrame>> frames =
                kafka.events(environment, input(), tracker.ordering().lateness(), tracker.ahead());
        DataStream<DeadLetter> unreadable = frames.getSideOutput(DecodeEvents.DEAD_LETTERS);
        SingleOutputStreamOperator<Incoming<Command>> commands =
                kafka.commands(environment, new CommandJson(TrackerSettings.WEIGHTS));
        new LearnerStage<>(
                        new TrackerModels(tracker),
                        incoming -> incoming.event().model(),
                        new LearnerStage.Output<>(TrackerScore.class, ResultKeys::of),
                        new LearnerStage.Output<>(TrackerMetrics.class, TrackerMetrics::model),
                        List.of())
                .add(settings, frames, unreadable, commands);
    }

    private JobKafka.Input<StreamFrame> input() {
        String topic = settings.topics().frames();
        FrameJson decoder =
                new FrameJson(
                        settings.tracker().input(), settings.kafka().spelling().input(RECORD));
        return new JobKafka.Input<>(
                topic, RECORD, "frames", "decode", decoder, StreamTypes.INCOMING_FRAME);
    }
}
