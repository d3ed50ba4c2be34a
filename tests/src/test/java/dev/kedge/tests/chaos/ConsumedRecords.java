// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.connectors.testing.Patience;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a group came in the creatives, as far as complete checkpoints say. */
final class ConsumedRecords implements AutoCloseable {

    private final Admin admin;
    private final String group;

    ConsumedRecords(String bootstrapServers, String group) {
        this.admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.group = group;
    }

    /** Records that a complete checkpoint covers. */
    long count() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get(Patience.SECONDS, TimeUnit.SECONDS);
        return offsets.entrySet().stream()
                .filter(offset -> offset.getKey().topic().equals(ChaosJobs.CREATIVES))
                .mapToLong(offset -> offset.getValue().offset())
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
