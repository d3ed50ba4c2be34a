// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a topic does with its records.
 *
 * @param replicas of each record, where there are fewest
 * @param minInSync replicas that must have a record before it counts as written by a producer that
 *     waits for all ({@code min.insync.replicas})
 * @param retention how long a record is kept; empty where time alone removes none
 * @param compacted whether only the last record of each key is kept in the end
 */
public record TopicSettings(
        int replicas, int minInSync, Optional<Duration> retention, boolean compacted) {
    static TopicSettings of(int replicas, Config config) {
        boolean deletes = cleans(config, TopicConfig.CLEANUP_POLICY_DELETE);
        long millis = number(config, TopicConfig.RETENTION_MS_CONFIG, -1);
        return new TopicSettings(
                replicas,
                (int) number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 1),
                deletes && millis >= 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty(),
                cleans(config, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    private static boolean cleans(Config config, String policy) {
        return text(config, TopicConfig.CLEANUP_POLICY_CONFIG)
                .map(all -> Arrays.asList(all.split("\\s*,\\s*")).contains(policy))
                .orElse(false);
    }

    private static long number(Config config, String name, long otherwise) {
        return text(config, name).map(Long::parseLong).orElse(otherwise);
    }

    private static Optional<String> text(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    }
}
