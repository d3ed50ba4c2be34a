// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.connectors.codec.CommandJson;
import dev.kedge.connectors.codec.FrameJson;
import dev.kedge.connectors.kafka.DeadLetterSink;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.kafka.EventTimeWatermarks;
import dev.kedge.connectors.kafka.RawRecord;
import dev.kedge.connectors.kafka.TrackerSinks;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.flink.JobKafka;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * Frames in; scores, metrics and dead letters out; one keyed operator between. The uids are part of
 * every savepoint.
 */
public final class TrackerJob implements StreamJob {
    private static final OutputTag<TrackerMetrics> METRICS =
            new OutputTag<>("kedge-metrics", StreamTypes.TRACKER_METRICS);
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("kedge-refused", StreamTypes.DEAD_LETTER);

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
    public void build(StreamExecutionEnvironment environment) {
        TrackerFile.Topics topics = settings.topics();
        SingleOutputStreamOperator<Incoming<StreamFrame>> frames =
                kafka.source(topics.frames()).stream(environment, "frames", watermarks())
                        .process(new DecodeEvents<>(new FrameJson(settings.tracker().input())))
                        .returns(StreamTypes.INCOMING_FRAME)
                        .uid("decode")
                        .name("decode");
        SingleOutputStreamOperator<Incoming<Command>> commands =
                kafka.commands(environment, new CommandJson(TrackerSettings.WEIGHTS));
        SingleOutputStreamOperator<TrackerScore> scores =
                frames.keyBy(incoming -> incoming.event().model(), Types.STRING)
                        .connect(commands.broadcast())
                        .transform(
                                "learn",
                                StreamTypes.TRACKER_SCORE,
                                new LearnerOperator<>(
                                        new TrackerModels(settings.tracker()),
                                        METRICS,
                                        REFUSED,
                                        LearnerBounds.of(settings.cache())
                                                .expiringAfter(settings.expireAfter())))
                        .uid("learn");
        scores.sinkTo(TrackerSinks.scores(kafka.output(topics.scores(), "scores")))
                .uid("scores")
                .name("scores");
        scores.getSideOutput(METRICS)
                .sinkTo(TrackerSinks.metrics(kafka.output(topics.metrics(), "metrics")))
                .uid("metrics")
                .name("metrics");
        frames.getSideOutput(DecodeEvents.DEAD_LETTERS)
                .union(
                        scores.getSideOutput(REFUSED),
                        commands.getSideOutput(DecodeEvents.DEAD_LETTERS))
                .sinkTo(DeadLetterSink.to(kafka.output(topics.deadLetters(), "dead-letters")))
                .uid("dead-letters")
                .name("dead-letters");
    }

    /** Only keys that expire need to know how far event time is. */
    private WatermarkStrategy<RawRecord> watermarks() {
        TrackerSettings tracker = settings.tracker();
        return settings.expireAfter().isZero()
                ? WatermarkStrategy.noWatermarks()
                : EventTimeWatermarks.of(tracker.ordering().lateness(), tracker.ahead());
    }
}
