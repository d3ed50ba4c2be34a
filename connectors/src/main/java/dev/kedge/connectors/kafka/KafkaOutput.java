// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.state.settings.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;

/**
 * Where results go, and how surely: exactly once (in transactions, visible at the next checkpoint)
 * or at least once (visible in milliseconds, sent again with the same key and bytes after a
 * failure).
 */
public final class KafkaOutput {
    // Room for a dead letter: the largest record that a broker takes by default, and its headers.
    private static final int LARGEST_REQUEST = 4 << 20;

    // A score is some kilobytes: the client's own 16 kB would make a request of every six of them.
    private static final int BATCH = 128 << 10;

    private final String bootstrapServers;
    private final String topic;
    private final DeliveryGuarantee delivery;
    private final String transactionalIdPrefix;
    private final Duration transactionTimeout;
    private final Properties properties;

    private KafkaOutput(Builder builder) {
        bootstrapServers = Required.text("bootstrapServers", builder.bootstrapServers);
        topic = Required.text("topic", builder.topic);
        delivery = builder.delivery;
        transactionalIdPrefix = builder.transactionalIdPrefix;
        transactionTimeout = builder.transactionTimeout;
        properties = builder.properties;
        if (exactlyOnce()) {
            Required.text("transactionalIdPrefix", transactionalIdPrefix);
        }
    }

    /** Begins to describe an output. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A sink of what a job says, as JSON.
     *
     * @param type the record that says it
     * @param key gives a record's key
     */
    public <T> KafkaSink<T> json(Class<T> type, SerializableFunction<T, String> key) {
        return records(RecordJson.of(type), key);
    }

    /**
     * A sink of what a job says, as it is spelled.
     *
     * @param records writes it
     * @param key gives a record's key
     */
    public <T> KafkaSink<T> records(RecordJson<T> records, SerializableFunction<T, String> key) {
        return sink(key, records::encode, record -> List.of());
    }

    <T> KafkaSink<T> sink(
            SerializableFunction<T, String> key,
            SerializableFunction<T, byte[]> value,
            SerializableFunction<T, List<Header>> headers) {
        KafkaSinkBuilder<T> sink =
                KafkaSink.<T>builder()
                        .setBootstrapServers(bootstrapServers)
                        .setKafkaProducerConfig(producer())
                        .setDeliveryGuarantee(delivery)
                        .setRecordSerializer(new TopicWriter<>(topic, key, value, headers));
        return exactlyOnce()
                ? sink.setTransactionalIdPrefix(transactionalIdPrefix).build()
                : sink.build();
    }

    private Properties producer() {
        Properties producer = new Properties();
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(LARGEST_REQUEST));
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH));
        producer.putAll(properties);
        if (exactlyOnce()) {
            producer.put(
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    Long.toString(transactionTimeout.toMillis()));
        }
        return producer;
    }

    private boolean exactlyOnce() {
        return delivery == DeliveryGuarantee.EXACTLY_ONCE;
    }

    /** Describes an output. */
    public static final class Builder {
        private final Properties properties = new Properties();
        private String bootstrapServers = "";
        private String topic = "";
        private DeliveryGuarantee delivery = DeliveryGuarantee.AT_LEAST_ONCE;
        private String transactionalIdPrefix = "";
        private Duration transactionTimeout = Duration.ofMinutes(15);

        private Builder() {}

        /** Where Kafka is: host and port, several with commas. */
        public Builder bootstrapServers(String servers) {
            bootstrapServers = servers;
            return this;
        }

        /** The topic. */
        public Builder topic(String name) {
            topic = name;
            return this;
        }

        /**
         * Every record once, for readers of committed records.
         *
         * @param prefix of transactional ids; no two running sinks of a cluster may share one, and
         *     a job that is restored must keep its own
         * @param timeout of transactions: longer than a checkpoint interval and a recovery, at most
         *     the broker's {@code transaction.max.timeout.ms}
         */
        public Builder exactlyOnce(String prefix, Duration timeout) {
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        "transaction timeout is "
                                + Durations.word(timeout)
                                + ", allowed: 1 second or more");
            }
            delivery = DeliveryGuarantee.EXACTLY_ONCE;
            transactionalIdPrefix = Objects.requireNonNull(prefix, "prefix");
            transactionTimeout = timeout;
            return this;
        }

        /** Every record at least once, at once. The default. */
        public Builder atLeastOnce() {
            delivery = DeliveryGuarantee.AT_LEAST_ONCE;
            return this;
        }

        /** Further settings of the Kafka client, security for example. */
        public Builder properties(Properties more) {
            properties.putAll(Objects.requireNonNull(more, "properties"));
            return this;
        }

        /** Checks and builds. */
        public KafkaOutput build() {
            return new KafkaOutput(this);
        }
    }
}
