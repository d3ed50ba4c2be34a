// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import dev.kedge.connectors.kafka.Topics;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.JobTopics;
import dev.kedge.jobs.config.StrictYaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of a job: checked on the user's brokers, created on an embedded one. */
public final class LocalTopics {
    private static final int PARTITIONS = 2;
    private static final Map<String, String> KEPT =
            Map.of(
                    TopicConfig.RETENTION_MS_CONFIG, "-1",
                    TopicConfig.RETENTION_BYTES_CONFIG, "-1",
                    TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);

    /** As many as the message about a missing topic says. */
    private static final int USERS_PARTITIONS = 4;

    private LocalTopics() {}

    /** Creates the topics that are missing. */
    public static void create(JobSettings settings) {
        create(settings, Map.of(), Map.of());
    }

    /**
     * Creates the topics that are missing.
     *
     * @param read of each topic that the job reads, {@code retention.bytes} for example
     * @param written of each topic that it writes, but those that must keep every record
     */
    public static void create(
            JobSettings settings, Map<String, String> read, Map<String, String> written) {
        try (Topics topics = connect(settings)) {
            make(topics, settings.topics(), PARTITIONS, read, written);
            topics.awaitKnown(all(settings));
            requireTransactions(topics, settings);
        }
    }

    /**
     * Creates the topics that are missing on the user's own brokers, with as many replicas as is
     * usual there.
     *
     * @return those that were missing
     * @throws ConfigurationException if the control topic has several partitions, or transactions
     *     may not last as long as the job wants
     */
    public static List<String> createMissing(JobSettings settings) {
        try (Topics topics = connect(settings)) {
            List<String> created =
                    make(topics, settings.topics(), USERS_PARTITIONS, Map.of(), Map.of());
            topics.awaitKnown(all(settings));
            requireOrdered(topics, settings.topics().control());
            requireTransactions(topics, settings);
            return created;
        }
    }

    /** Creates what is missing, the control topic last, and tells what that was. */
    private static List<String> make(
            Topics topics,
            JobTopics wanted,
            int partitions,
            Map<String, String> read,
            Map<String, String> written) {
        List<String> kept = wanted.kept().toList();
        List<String> created = new ArrayList<>();
        for (String name : wanted.data()) {
            Map<String, String> other = kept.contains(name) ? KEPT : written;
            if (topics.create(name, partitions, wanted.inputs().contains(name) ? read : other)) {
                created.add(name);
            }
        }
        if (topics.create(wanted.control(), 1)) {
            created.add(wanted.control());
        }
        return created;
    }

    /**
     * Checks the properties of the clients, that a broker answers and that all topics are there.
     *
     * @throws dev.kedge.connectors.kafka.BrokerUnreachableException if none answers in time
     * @throws dev.kedge.connectors.kafka.MissingTopicException if one is missing
     * @return what whoever runs the job should know, a line each
     * @throws ConfigurationException if the control topic has several partitions, transactions may
     *     not last as long as the job wants, a topic cannot be written, or one that is read keeps
     *     its records for less than the job's checkpoints reach back
     */
    public static List<String> require(JobSettings settings) {
        List<String> all = all(settings);
        try (Topics topics = connect(settings)) {
            topics.require(all);
            requireOrdered(topics, settings.topics().control());
            requireTransactions(topics, settings);
            return new TopicFit(settings, topics.settings(all)).check();
        }
    }

    private static void requireOrdered(Topics topics, String control) {
        int partitions = topics.partitions(control);
        if (partitions != 1) {
            throw ConfigurationException.of(
                    "topics.control: %s has %d partitions; it must have 1, because the"
                            + " order of commands counts",
                    control, partitions);
        }
    }

    private static void requireTransactions(Topics topics, JobSettings settings) {
        Duration wanted = settings.checkpoints().transactionTimeout();
        if (settings.delivery() != JobSettings.Delivery.EXACTLY_ONCE) {
            return;
        }
        topics.longestTransaction()
                .filter(most -> wanted.compareTo(most) > 0)
                .ifPresent(
                        most -> {
                            throw ConfigurationException.of(
                                    "checkpoints.transaction-timeout: %s is not allowed;"
                                            + " it must be at most %s, the brokers'"
                                            + " transaction.max.timeout.ms (%d)",
                                    StrictYaml.word(wanted),
                                    StrictYaml.word(most),
                                    most.toMillis());
                        });
    }

    private static Topics connect(JobSettings settings) {
        JobSettings.Kafka kafka = settings.kafka();
        ClientProperties.require(kafka);
        return Topics.connect(kafka.bootstrapServers(), kafka.timeout(), kafka.client());
    }

    private static List<String> all(JobSettings settings) {
        List<String> all = new ArrayList<>(settings.topics().data());
        all.add(settings.topics().control());
        return all;
    }
}
