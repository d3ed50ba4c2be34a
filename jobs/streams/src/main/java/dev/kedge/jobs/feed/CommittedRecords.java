// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import dev.kedge.jobs.config.JobSettings;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that see no record of a transaction that is open or was given up. */
public final class CommittedRecords {
    private CommittedRecords() {}

    /** One that commits no places of its own. */
    public static KafkaConsumer<byte[], byte[]> consumer(JobSettings.Kafka kafka) {
        return consumer(kafka.client());
    }

    /** The same; a place that a topic has no more becomes its oldest record, and not its end. */
    public static KafkaConsumer<byte[], byte[]> consumerFromOldest(JobSettings.Kafka kafka) {
        Properties client = kafka.client();
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return consumer(client);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Properties client) {
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return new KafkaConsumer<>(
                client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
