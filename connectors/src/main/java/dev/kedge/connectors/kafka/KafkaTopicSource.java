// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Topics read record by record, without looking into them. Reading starts at the group's committed
 * offsets, or at the beginning where it has none; a checkpoint, once there is one, decides alone.
 * Partitions that are added later are found, and read from their beginning. A place that is no
 * longer in its partition is an error, unless the lost records may be skipped. Records of
 * transactions that are open or were aborted are not seen.
 */
public final class KafkaTopicSource {
    private final String bootstrapServers;
    private final String group;
    private final List<String> topics;
    private final Properties properties;
    private final boolean bounded;
    private final Duration discovery;
    private final boolean skipsLost;

    private KafkaTopicSource(Builder builder) {
        bootstrapServers = Required.text("bootstrapServers", builder.bootstrapServers);
        group = Required.text("group", builder.group);
        topics = Required.some("topics", builder.topics);
        properties = builder.properties;
        bounded = builder.bounded;
        discovery = builder.discovery;
        skipsLost = builder.skipsLost;
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
                        .setProperty(
                                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                                Long.toString(discovery.toMillis()))
                        .setProperties(properties)
                        .setBootstrapServers(bootstrapServers)
                        .setGroupId(group)
                        .setTopics(topics)
                        .setStartingOffsets(new StartingPlaces(skipsLost))
                        .setDeserializer(new RawRecordReader());
        return bounded ? source.setBounded(OffsetsInitializer.latest()).build() : source.build();
    }

    /**
     * The stream of records, without watermarks: they follow once events are read.
     *
     * @param uid name of the source in savepoints; renaming it forgets the offsets
     */
    public SingleOutputStreamOperator<RawRecord> stream(
            StreamExecutionEnvironment environment, String uid) {
        return stream(environment, uid, WatermarkStrategy.noWatermarks());
    }

    /** The stream of records, with watermarks made for each partition apart. */
    public SingleOutputStreamOperator<RawRecord> stream(
            StreamExecutionEnvironment environment,
            String uid,
            WatermarkStrategy<RawRecord> watermarks) {
        return environment
                .fromSource(new FailFastSource(source()), watermarks, uid, RawRecord.TYPE)
                .uid(uid);
    }

    /** Describes a source. */
    public static final class Builder {
        private final Properties properties = new Properties();
        private String bootstrapServers = "";
        private String group = "";
        private List<String> topics = List.of();
        private boolean bounded;
        private Duration discovery = Duration.ofSeconds(30);
        private boolean skipsLost;

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

        /** How often to look for added partitions; 0 for never. */
        public Builder discoverEvery(Duration interval) {
            discovery = Objects.requireNonNull(interval, "interval");
            return this;
        }

        /** Goes on at the oldest record there is where the next one to read is gone. */
        public Builder skippingLostRecords(boolean skips) {
            skipsLost = skips;
            return this;
        }

        /** Checks and builds. */
        public KafkaTopicSource build() {
            return new KafkaTopicSource(this);
        }
    }
}
