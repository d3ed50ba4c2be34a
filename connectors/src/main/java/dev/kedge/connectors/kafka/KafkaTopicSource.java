// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Topics read record by record, without looking into them. Reading starts at the group's committed
 * offsets, or at the beginning where it has none; a checkpoint, once there is one, decides alone.
 * Records of transactions that are open or were aborted are not seen.
 */
public final class KafkaTopicSource {
    private final String bootstrapServers;
    private final String group;
    private final List<String> topics;
    private final Properties properties;
    private final boolean bounded;

    private KafkaTopicSource(Builder builder) {
        bootstrapServers = Required.text("bootstrapServers", builder.bootstrapServers);
        group = Required.text("group", builder.group);
        topics = Required.some("topics", builder.topics);
        properties = builder.properties;
        bounded = builder.bounded;
    }

    /** Begins to describe a source. */
    public static Builder builder() {
        return new Builder();
    }

    /** The Flink source. */
    public KafkaSource<RawRecord> source() {
        KafkaSourceBuilder<RawRecord> source =
                KafkaSource.<RawRecord>builder()
                        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                        .setProperties(properties)
                        .setBootstrapServers(bootstrapServers)
                        .setGroupId(group)
                        .setTopics(topics)
                        .setStartingOffsets(committedOrEarliest())
                        .setDeserializer(new RawRecordReader());
        return bounded ? source.setBounded(OffsetsInitializer.latest()).build() : source.build();
    }

    // The connector asks for this enum of the Kafka client, which the client itself retires.
    @SuppressWarnings("deprecation")
    private static OffsetsInitializer committedOrEarliest() {
        return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    }

    /**
     * The stream of records, without watermarks: they follow once events are read.
     *
     * @param uid name of the source in savepoints; renaming it forgets the offsets
     */
    public DataStream<RawRecord> stream(StreamExecutionEnvironment environment, String uid) {
        return stream(environment, uid, WatermarkStrategy.noWatermarks());
    }

    /** The stream of records, with watermarks made for each partition apart. */
    public DataStream<RawRecord> stream(
            StreamExecutionEnvironment environment,
            String uid,
            WatermarkStrategy<RawRecord> watermarks) {
        return environment.fromSource(source(), watermarks, uid, RawRecord.TYPE).uid(uid);
    }

    /** Describes a source. */
    public static final class Builder {
        private final Properties properties = new Properties();
        private String bootstrapServers = "";
        private String group = "";
        private List<String> topics = List.of();
        private boolean bounded;

        private Builder() {}

        /** Where Kafka is: host and port, several with commas. */
        public Builder bootstrapServers(String servers) {
            bootstrapServers = servers;
            return this;
        }

        /** The consumer group, under which offsets are committed. */
        public Builder group(String name) {
            group = name;
            return this;
        }

        /** The topics to read. */
        public Builder topics(String... names) {
            topics = List.of(names);
            return this;
        }

        /** Further settings of the Kafka client, security for example. */
        public Builder properties(Properties more) {
            properties.putAll(Objects.requireNonNull(more, "properties"));
            return this;
        }

        /** Ends where the topics end at the start, for replays and tests. */
        public Builder bounded() {
            bounded = true;
            return this;
        }

        /** Checks and builds. */
        public KafkaTopicSource build() {
            return new KafkaTopicSource(this);
        }
    }
}
