// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.connectors.testing.Patience;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a group came in a topic, as far as complete checkpoints say. */
public final class ConsumedRecords implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final String topic;
    private final Lead lead;

    /** Asks about a group, and tells who plays what it learns from. */
    public ConsumedRecords(String bootstrapServers, String group, String topic, Lead lead) {
        this.admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.group = group;
        this.topic = topic;
        this.lead = lead;
    }

    /** Records that a complete checkpoint covers. */
    public long count() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get(Patience.SECONDS, TimeUnit.SECONDS);
        long consumed =
                offsets.entrySet().stream()
                        .filter(offset -> offset.getKey().topic().equals(topic))
                        .mapToLong(offset -> offset.getValue().offset())
                        .sum();
        lead.learned(consumed);
        return consumed;
    }

    @Override
    public void close() {
        admin.close();
    }
}
