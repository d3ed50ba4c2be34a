// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.discontinuation;

import dev.kedge.connectors.codec.CommandJson;
import dev.kedge.connectors.codec.CreativeEventJson;
import dev.kedge.connectors.kafka.DeadLetterSink;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.kafka.DuplicatesSink;
import dev.kedge.connectors.kafka.EventTimeWatermarks;
import dev.kedge.connectors.kafka.MetricsSink;
import dev.kedge.connectors.kafka.RawRecord;
import dev.kedge.connectors.kafka.ScoreSink;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.flink.JobKafka;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.operators.creative.CreativeDuplicates;
import dev.kedge.operators.creative.CreativeEvent;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.ModelMetrics;
import dev.kedge.operators.flink.FurtherOutput;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.survival.DiscontinuationModels;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * Creatives in; scores, metrics and dead letters out; one keyed operator between. The uids are part
 * of every savepoint.
 */
public final class DiscontinuationJob implements StreamJob {
    private static final OutputTag<ModelMetrics> METRICS =
            new OutputTag<>("kedge-metrics", StreamTypes.MODEL_METRICS);
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("kedge-refused", StreamTypes.DEAD_LETTER);

    private static final OutputTag<CreativeDuplicates> DUPLICATES =
            new OutputTag<>("kedge-duplicates", StreamTypes.CREATIVE_DUPLICATES);

    private final DiscontinuationFile settings;
    private final JobKafka kafka;

    /** Takes the settings. */
    public DiscontinuationJob(DiscontinuationFile settings) {
        this.settings = settings;
        kafka = new JobKafka(settings);
    }

    @Override
    public DiscontinuationFile settings() {
        return settings;
    }

    @Override
    public void build(StreamExecutionEnvironment environment) {
        SingleOutputStreamOperator<Incoming<CreativeEvent>> events =
                kafka.source(settings.topics().creatives()).stream(
                                environment, "creatives", watermarks())
                        .process(new DecodeEvents<>(new CreativeEventJson()))
                        .returns(StreamTypes.INCOMING_CREATIVE)
                        .uid("decode")
                        .name("decode");
        SingleOutputStreamOperator<Incoming<Command>> commands =
                kafka.commands(environment, new CommandJson());
        SingleOutputStreamOperator<CreativeScore> scores =
                events.keyBy(incoming -> incoming.event().model(), Types.STRING)
                        .connect(commands.broadcast())
                        .transform(
                                "learn",
                                StreamTypes.CREATIVE_SCORE,
                                new LearnerOperator<>(
                                        new DiscontinuationModels(settings.discontinuation()),
                                        METRICS,
                                        REFUSED,
                                        LearnerBounds.of(settings.cache())
                                                .expiringAfter(settings.expireAfter()),
                                        further()))
                        .uid("learn");
        scores.sinkTo(ScoreSink.to(kafka.output(settings.topics().scores(), "scores")))
                .uid("scores")
                .name("scores");
        scores.getSideOutput(METRICS)
                .sinkTo(MetricsSink.to(kafka.output(settings.topics().metrics(), "metrics")))
                .uid("metrics")
                .name("metrics");
        if (settings.topics().saysDuplicates()) {
            scores.getSideOutput(DUPLICATES)
                    .sinkTo(
                            DuplicatesSink.to(
                                    kafka.output(settings.topics().duplicates(), "duplicates")))
                    .uid("duplicates")
                    .name("duplicates");
        }
        events.getSideOutput(DecodeEvents.DEAD_LETTERS)
                .union(
                        scores.getSideOutput(REFUSED),
                        commands.getSideOutput(DecodeEvents.DEAD_LETTERS))
                .sinkTo(
                        DeadLetterSink.to(
                                kafka.output(settings.topics().deadLetters(), "dead-letters")))
                .uid("dead-letters")
                .name("dead-letters");
    }

    private List<FurtherOutput<?>> further() {
        return settings.topics().saysDuplicates()
                ? List.of(new FurtherOutput<>(CreativeDuplicates.class, DUPLICATES))
                : List.of();
    }

    /** Only keys that expire need to know how far event time is. */
    private WatermarkStrategy<RawRecord> watermarks() {
        return settings.expireAfter().isZero()
                ? WatermarkStrategy.noWatermarks()
                : EventTimeWatermarks.of(
                        settings.discontinuation().lateness(), settings.discontinuation().ahead());
    }
}
