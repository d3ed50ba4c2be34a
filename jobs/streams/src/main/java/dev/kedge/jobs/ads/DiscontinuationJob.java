// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.json.CommandJson;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.onnx.EncodedCreatives;
import dev.kedge.connectors.onnx.EncoderException;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.flink.JobFiles;
import dev.kedge.jobs.flink.JobKafka;
import dev.kedge.jobs.flink.LearnerStage;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.flink.SideOutput;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * Creatives in; scores, metrics and dead letters out; one keyed operator between. The uids are part
 * of every savepoint.
 */
public final class DiscontinuationJob implements StreamJob {
    private static final OutputTag<CreativeDuplicates> DUPLICATES =
            new OutputTag<>("kedge-duplicates", StreamTypes.CREATIVE_DUPLICATES);

    /** Name of the schema of what is read. */
    static final String RECORD = "creative-event";

    private final DiscontinuationFile settings;
    private final JobFiles files;
    private final JobKafka kafka;

    /**
     * Takes the settings, and loads the encoders that they name once, so that what does not fit is
     * known before anything runs.
     *
     * @throws ConfigurationException if an encoder cannot be used, in one line
     */
    public DiscontinuationJob(DiscontinuationFile settings) {
        this(settings, JobFiles.HERE);
    }

    /**
     * The same with encoders that may lie elsewhere.
     *
     * @param files how they are found
     * @throws ConfigurationException if an encoder cannot be used, in one line
     */
    public DiscontinuationJob(DiscontinuationFile settings, JobFiles files) {
        this.settings = settings;
        this.files = files;
        Map<String, String> here = new TreeMap<>();
        settings.encoders()
                .files()
                .forEach((field, file) -> here.put(field, files.find(file).toString()));
        try {
            EncodedCreatives.check(settings.encoders().at(here));
        } catch (EncoderException e) {
            throw new ConfigurationException(e.getMessage());
        }
        kafka = new JobKafka(settings);
    }

    @Override
    public DiscontinuationFile settings() {
        return settings;
    }

    @Override
    public Optional<LiveModels<?, ?, ?>> models() {
        return Optional.of(new DiscontinuationModels(settings.discontinuation()));
    }

    @Override
    public void build(StreamExecutionEnvironment environment) {
        DiscontinuationSettings discontinuation = settings.discontinuation();
        SingleOutputStreamOperator<Incoming<CreativeEvent>> events =
                kafka.events(
                        environment,
                        input(environment),
                        discontinuation.lateness(),
                        discontinuation.ahead());
        DataStream<DeadLetter> unreadable = events.getSideOutput(DecodeEvents.DEAD_LETTERS);
        SingleOutputStreamOperator<Incoming<Command>> commands =
                kafka.commands(environment, new CommandJson());
        SingleOutputStreamOperator<CreativeScore> scores =
                new LearnerStage<>(
                                new DiscontinuationModels(discontinuation),
                                incoming -> incoming.event().model(),
                                new LearnerStage.Output<>(CreativeScore.class, ResultKeys::of),
                                new LearnerStage.Output<>(ModelMetrics.class, ModelMetrics::model),
                                sideOutputs())
                        .add(settings, events, unreadable, commands);
        if (settings.topics().saysDuplicates()) {
            scores.getSideOutput(DUPLICATES)
                    .sinkTo(
                            kafka.output(settings.topics().duplicates(), "duplicates")
                                    .records(
                                            kafka.writer(
                                                    CreativeDuplicates.class,
                                                    settings.topics().duplicates()),
                                            ResultKeys::of))
                    .uid("duplicates")
                    .name("duplicates");
        }
    }

    private JobKafka.Input<CreativeEvent> input(StreamExecutionEnvironment environment) {
        String topic = settings.topics().creatives();
        EventDecoder<CreativeEvent> decoder = decoder(environment);
        return new JobKafka.Input<>(
                topic, RECORD, "creatives", "decode", decoder, StreamTypes.INCOMING_CREATIVE);
    }

    private EventDecoder<CreativeEvent> decoder(StreamExecutionEnvironment environment) {
        CreativeEventJson events = new CreativeEventJson(settings.kafka().spelling().input(RECORD));
        if (!settings.encoders().on()) {
            return events;
        }
        Map<String, String> sent = new TreeMap<>();
        settings.encoders()
                .files()
                .forEach(
                        (field, file) ->
                                files.send(environment, field, file)
                                        .ifPresent(sum -> sent.put(field, sum)));
        return new EncodedCreatives(settings.encoders(), sent, events);
    }

    private List<SideOutput<?>> sideOutputs() {
        return settings.topics().saysDuplicates()
                ? List.of(new SideOutput<>(CreativeDuplicates.class, DUPLICATES))
                : List.of();
    }
}
