// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import static org.apache.kafka.common.config.ConfigResource.Type.BROKER;
import static org.apache.kafka.common.config.ConfigResource.Type.TOPIC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** The topics of one Kafka cluster: whether they are there, and how they come to be. */
public final class Topics implements AutoCloseable {
    private static final String LONGEST_TRANSACTION = "transaction.max.timeout.ms";
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Admin admin;
    private final String bootstrapServers;
    private final Duration timeout;

    private Topics(Admin admin, String bootstrapServers, Duration timeout) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
        this.timeout = timeout;
    }

    /**
     * Connects, and waits at most that long for an answer, now and with every later question.
     *
     * @throws BrokerUnreachableException if no broker answers
     */
    public static Topics connect(String bootstrapServers, Duration timeout) {
        return connect(bootstrapServers, timeout, new Properties());
    }

    /**
     * Connects with further settings of the Kafka client, security for example.
     *
     * @throws BrokerUnreachableException if no broker answers
     * @throws ClientRefusedException if no client can be made with them, or the brokers do not take
     *     it
     */
    public static Topics connect(String bootstrapServers, Duration timeout, Properties more) {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        Topics topics =
                new Topics(admin(bootstrapServers, timeout, more), bootstrapServers, timeout);
        try {
            topics.names();
            return topics;
        } catch (RuntimeException e) {
            topics.close();
            throw e;
        }
    }

    /** Names of all topics, without Kafka's own. */
    public Set<String> names() {
        return new TreeSet<>(answer(admin.listTopics().names()));
    }

    /**
     * Checks that topics are there.
     *
     * @throws MissingTopicException naming those that are not
     */
    public void require(Collection<String> names) {
        Set<String> present = names();
        List<String> missing = names.stream().filter(name -> !present.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new MissingTopicException(bootstrapServers, missing);
        }
    }

    /** Number of partitions of a topic. */
    public int partitions(String name) {
        return answer(admin.describeTopics(List.of(name)).topicNameValues().get(name))
                .partitions()
                .size();
    }

    /** The id of each of these topics, by name: a topic that is made anew has another one. */
    public SortedMap<String, String> ids(Collection<String> names) {
        SortedMap<String, String> ids = new TreeMap<>();
        answer(admin.describeTopics(names).allTopicNames())
                .forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
        return ids;
    }

    /**
     * What one topic is now.
     *
     * @param id a topic that is made anew has another one
     * @param partitions how many it has
     */
    public record Description(String id, int partitions) {}

    /** What those of these topics are that are there. */
    public SortedMap<String, Description> describe(Collection<String> names) {
        SortedMap<String, Description> present = new TreeMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach(
                        (name, topic) ->
                                unlessMissing(topic)
                                        .ifPresent(
                                                is ->
                                                        present.put(
                                                                name,
                                                                new Description(
                                                                        is.topicId().toString(),
                                                                        is.partitions().size()))));
        return present;
    }

    private Optional<TopicDescription> unlessMissing(KafkaFuture<TopicDescription> topic) {
        try {
            return Optional.of(answer(topic));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    /** What these topics do with their records, by name; empty where the brokers do not tell. */
    public SortedMap<String, TopicSettings> settings(Collection<String> names) {
        Map<String, TopicDescription> described =
                answer(admin.describeTopics(names).allTopicNames());
        List<ConfigResource> asked =
                names.stream().distinct().map(name -> new ConfigResource(TOPIC, name)).toList();
        SortedMap<String, TopicSettings> settings = new TreeMap<>();
        configs(asked)
                .forEach(
                        (topic, config) -> {
                            int replicas = fewestReplicas(described.get(topic.name()));
                            settings.put(topic.name(), TopicSettings.of(replicas, config));
                        });
        return settings;
    }

    private static int fewestReplicas(TopicDescription topic) {
        return topic.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0);
    }

    /**
     * How long a transaction may last at most, by the broker that allows least; empty where the
     * brokers do not tell.
     */
    public Optional<Duration> longestTransaction() {
        List<ConfigResource> brokers =
                answer(admin.describeCluster().nodes()).stream()
                        .map(node -> new ConfigResource(BROKER, node.idString()))
                        .toList();
        return configs(brokers).values().stream()
                .map(config -> Optional.ofNullable(config.get(LONGEST_TRANSACTION)))
                .flatMap(Optional::stream)
                .map(entry -> Duration.ofMillis(Long.parseLong(entry.value())))
                .min(Comparator.naturalOrder());
    }

    /** Not everybody may read configurations, and not every broker tells them. */
    private Map<ConfigResource, Config> configs(Collection<ConfigResource> asked) {
        try {
            return answer(admin.describeConfigs(asked).all());
        } catch (AuthorizationException | UnsupportedVersionException e) {
            return Map.of();
        }
    }

    /**
     * How far a consumer group is in a partition.
     *
     * @param first of the oldest record that is still there
     * @param read of the next record to read; empty where the group has committed nothing
     * @param end behind the newest record
     */
    public record Place(long first, OptionalLong read, long end) {
        /** Records that were not read yet: all where nothing was committed. */
        public long unread() {
            return Math.max(0, end - read.orElse(first));
        }
    }

    /** How far a consumer group is in each partition of these topics. */
    public Map<TopicPartition, Place> places(String group, Collection<String> names) {
        List<TopicPartition> partitions = new ArrayList<>();
        answer(admin.describeTopics(names).allTopicNames())
                .forEach(
                        (name, topic) ->
                                topic.partitions()
                                        .forEach(p -> partitions.add(at(name, p.partition()))));
        Map<TopicPartition, OffsetAndMetadata> committed =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group));
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> starts =
                offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Place> places = new LinkedHashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata read = committed.get(partition);
            places.put(
                    partition,
                    new Place(
                            starts.get(partition).offset(),
                            read == null ? OptionalLong.empty() : OptionalLong.of(read.offset()),
                            ends.get(partition).offset()));
        }
        return places;
    }

    /**
     * How many records of these topics a consumer group has not committed yet. A partition of which
     * it has committed nothing counts with all that is in it.
     */
    public long lag(String group, Collection<String> names) {
        return places(group, names).values().stream().mapToLong(Place::unread).sum();
    }

    /**
     * Commits the beginning of each partition of these topics of which a consumer group has
     * committed nothing yet.
     */
    public void commitBeginnings(String group, Collection<String> names) {
        Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
        places(group, names)
                .forEach(
                        (partition, place) -> {
                            if (place.read().isEmpty()) {
                                beginnings.put(partition, new OffsetAndMetadata(place.first()));
                            }
                        });
        if (!beginnings.isEmpty()) {
            answer(admin.alterConsumerGroupOffsets(group, beginnings).all());
        }
    }

    private static TopicPartition at(String topic, int partition) {
        return new TopicPartition(topic, partition);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(
            List<TopicPartition> partitions, OffsetSpec which) {
        return answer(
                admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> which)))
                        .all());
    }

    /** Creates a topic unless it is there; says whether it was created. */
    public boolean create(String name, int partitions) {
        return create(name, partitions, Map.of());
    }

    /**
     * Creates a topic unless it is there, with the cluster's number of replicas; says whether it
     * was created.
     *
     * @param settings of the topic, {@code cleanup.policy} for example
     */
    public boolean create(String name, int partitions, Map<String, String> settings) {
        NewTopic topic =
                new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
        return answer(
                admin.createTopics(List.of(topic))
                        .all()
                        .toCompletionStage()
                        .handle((done, failure) -> created(failure)));
    }

    /**
     * Waits until the brokers know topics: one that was created a moment ago may be unknown yet.
     *
     * @throws MissingTopicException if they do not in the time that an answer may take
     */
    public void awaitKnown(Collection<String> names) {
        Set<String> wanted = new TreeSet<>(names);
        long begin = System.nanoTime();
        wanted.removeAll(describe(wanted).keySet());
        while (!wanted.isEmpty()) {
            if (System.nanoTime() - begin > timeout.toNanos()) {
                throw new MissingTopicException(bootstrapServers, List.copyOf(wanted));
            }
            pause();
            wanted.removeAll(describe(wanted).keySet());
        }
    }

    private void pause() {
        try {
            Thread.sleep(AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking " + bootstrapServers, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private static boolean created(Throwable failure) {
        if (failure == null) {
            return true;
        }
        if (failure instanceof TopicExistsException
                || failure.getCause() instanceof TopicExistsException) {
            return false;
        }
        throw new KafkaException("cannot create the topic: " + failure.getMessage(), failure);
    }

    private static Admin admin(String bootstrapServers, Duration timeout, Properties more) {
        int millis = Math.toIntExact(Math.max(1, timeout.toMillis()));
        Properties settings = new Properties();
        settings.putAll(more);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        try {
            return Admin.create(settings);
        } catch (KafkaException e) {
            // An address that cannot be resolved shows here already.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (String.valueOf(cause.getMessage()).contains("bootstrap")) {
                throw new BrokerUnreachableException(bootstrapServers, timeout, cause);
            }
            throw new ClientRefusedException(e);
        }
    }

    private <T> T answer(KafkaFuture<T> future) {
        return answer(future.toCompletionStage());
    }

    private <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture()
                    .get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking " + bootstrapServers, e);
        } catch (TimeoutException e) {
            throw new BrokerUnreachableException(bootstrapServers, timeout, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private RuntimeException failure(Throwable cause) {
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return new BrokerUnreachableException(bootstrapServers, timeout, cause);
        }
        if (cause instanceof AuthenticationException refused) {
            return new ClientRefusedException(bootstrapServers, refused);
        }
        return cause instanceof KafkaException known ? known : new KafkaException(cause);
    }
}
