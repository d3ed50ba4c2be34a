// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.connectors.json.CommandJson;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.EventTimeJson;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.kafka.EventTimeWatermarks;
import dev.kedge.connectors.kafka.KafkaOutput;
import dev.kedge.connectors.kafka.KafkaTopicSource;
import dev.kedge.connectors.kafka.RawRecord;
import dev.kedge.connectors.registry.SchemaRegistryException;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the jobs have in common on their way from and to Kafka. The uids are part of savepoints. */
public final class JobKafka {
    private final JobSettings settings;
    private final Properties kafka;

    /** Takes the settings. */
    public JobKafka(JobSettings settings) {
        this.settings = settings;
        kafka = settings.kafka().client();
    }

    /** Topics to read. */
    public KafkaTopicSource source(String... topics) {
        return KafkaTopicSource.builder()
                .bootstrapServers(settings.kafka().bootstrapServers())
                .group(settings.name())
                .topics(topics)
                .properties(kafka)
                .discoverEvery(settings.kafka().discoverPartitions())
                .skippingLostRecords(settings.kafka().lostRecords() == JobSettings.LostRecords.SKIP)
                .build();
    }

    /**
     * What a job reads of one topic.
     *
     * @param topic the topic
     * @param record name of its records' schema
     * @param uid of the source
     * @param decodeUid of what decodes its records
     * @param decoder reads a record
     * @param type type of what it reads
     * @param <E> type of the events
     */
    public record Input<E>(
            String topic,
            String record,
            String uid,
            String decodeUid,
            EventDecoder<E> decoder,
            TypeInformation<Incoming<E>> type) {}

    /**
     * Events of a topic; what cannot be decoded is in their side output.
     *
     * @param lateness how far an event may come behind the newest
     * @param ahead how far an event's time may be ahead of the time at which it was produced
     */
    public <E> SingleOutputStreamOperator<Incoming<E>> events(
            StreamExecutionEnvironment environment,
            Input<E> input,
            Duration lateness,
            Duration ahead) {
        // Only keys that expire need to know how far event time is.
        WatermarkStrategy<RawRecord> watermarks =
                settings.expireAfter().isZero()
                        ? WatermarkStrategy.noWatermarks()
                        : EventTimeWatermarks.of(lateness, ahead, times(input.record()));
        requireFit(input.record(), input.topic());
        return source(input.topic()).stream(environment, input.uid(), watermarks)
                .process(new DecodeEvents<>(input.decoder()))
                .returns(input.type())
                .uid(input.decodeUid())
                .name(input.decodeUid());
    }

    private EventTimeJson times(String record) {
        return new EventTimeJson(settings.kafka().spelling().input(record));
    }

    /** A schema by which nothing could be read is better known before anything is. */
    private void requireFit(String record, String topic) {
        try {
            Optional<String> unfit = settings.kafka().spelling().unfit(record, topic);
            if (unfit.isPresent()) {
                throw new ConfigurationException(unfit.get());
            }
        } catch (SchemaRegistryException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    /**
     * What writes records of a kind to a topic.
     *
     * @throws ConfigurationException if the schema registry cannot be asked, or refuses the schema
     */
    public <T> RecordJson<T> writer(Class<T> type, String topic) {
        try {
            return RecordJson.of(type, settings.kafka().spelling().output(type, topic));
        } catch (SchemaRegistryException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    /**
     * Commands of the control topic, in its order. Source and decoder have the same parallelism, so
     * that Flink passes records forward between them: otherwise it would deal them out in turn as
     * soon as its reactive scheduler, which heeds no parallelism, has made several of each.
     */
    public SingleOutputStreamOperator<Incoming<Command>> commands(
            StreamExecutionEnvironment environment, CommandJson decoder) {
        return source(settings.topics().control()).stream(environment, "control")
                .setParallelism(1)
                .process(new DecodeEvents<>(decoder))
                .returns(StreamTypes.INCOMING_COMMAND)
                .setParallelism(1)
                .uid("decode-control")
                .name("decode-control");
    }

    /**
     * A topic to write.
     *
     * @param what ends the transactional ids; the same from run to run
     */
    public KafkaOutput output(String topic, String what) {
        KafkaOutput.Builder output =
                KafkaOutput.builder()
                        .bootstrapServers(settings.kafka().bootstrapServers())
                        .topic(topic)
                        .properties(kafka);
        return settings.delivery() == JobSettings.Delivery.EXACTLY_ONCE
                ? output.exactlyOnce(
                                settings.name() + "-" + what,
                                settings.checkpoints().transactionTimeout())
                        .build()
                : output.atLeastOnce().build();
    }
}
