// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.survival.DiscontinuationSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * One job file.
 *
 * @param name name of the job; begins consumer group and transactional ids
 * @param kafka the user's brokers
 * @param topics the topics
 * @param delivery how scores leave
 * @param checkpoints when and where state is kept
 * @param parallelism tasks of each operator
 * @param cache bytes of live models that one task keeps, or a share of its managed memory
 * @param expireAfter event time without an event after which a model is forgotten; 0 for never
 * @param dashboard the page
 * @param discontinuation the learner
 */
public record JobSettings(
        String name,
        Kafka kafka,
        Topics topics,
        Delivery delivery,
        Checkpoints checkpoints,
        int parallelism,
        CacheBudget cache,
        Duration expireAfter,
        Dashboard dashboard,
        DiscontinuationSettings discontinuation) {

    /** Everything as it is without a file. */
    public static final JobSettings DEFAULT =
            new JobSettings(
                    "ad-discontinuation",
                    Kafka.DEFAULT,
                    Topics.DEFAULT,
                    Delivery.EXACTLY_ONCE,
                    Checkpoints.DEFAULT,
                    1,
                    CacheBudget.ofBytes(MemorySize.ofMebiBytes(256).getBytes()),
                    Duration.ZERO,
                    Dashboard.DEFAULT,
                    DiscontinuationSettings.DEFAULT);

    /** Checks the numbers. */
    public JobSettings {
        require(
                name.matches("[a-zA-Z0-9._-]{1,100}"),
                "name",
                name,
                "letters, digits, . _ - (1 to 100)");
        require(
                parallelism >= 1 && parallelism <= 1024,
                "parallelism",
                parallelism,
                "between 1 and 1024");
        require(!expireAfter.isNegative(), "expire-after", expireAfter, "0 or more");
    }

    /**
     * Where this job's checkpoints go: a folder of its own below {@code checkpoints.directory}, so
     * that no job goes on from another's.
     */
    public String checkpointUri() {
        String directory = checkpoints.directory();
        String base =
                directory.contains("://") || directory.startsWith("file:")
                        ? directory
                        : Path.of(directory).toAbsolutePath().toUri().toString();
        return base.replaceAll("/+$", "") + "/" + name;
    }

    /**
     * The same on a broker of its own, with a checkpoint every second.
     *
     * @param bootstrapServers the broker
     * @param folder where the checkpoints go
     */
    public JobSettings local(String bootstrapServers, Path folder) {
        return new JobSettings(
                name,
                new Kafka(bootstrapServers, kafka.timeout(), new TreeMap<>()),
                topics,
                delivery,
                new Checkpoints(
                        Duration.ofSeconds(1),
                        folder.toAbsolutePath().toUri().toString(),
                        checkpoints.transactionTimeout()),
                parallelism,
                cache,
                expireAfter,
                dashboard,
                discontinuation);
    }

    /**
     * The user's brokers.
     *
     * @param bootstrapServers host:port, comma-separated
     * @param timeout how long to wait for a broker at start
     * @param properties further properties of the Kafka clients
     */
    public record Kafka(
            String bootstrapServers, Duration timeout, SortedMap<String, String> properties) {
        static final Kafka DEFAULT =
                new Kafka("localhost:9092", Duration.ofSeconds(10), new TreeMap<>());

        /** Checks the address. */
        public Kafka {
            require(
                    bootstrapServers.matches("\\S+:\\d+(,\\S+:\\d+)*"),
                    "kafka.bootstrap-servers",
                    bootstrapServers,
                    "host:port, or several with commas between");
            require(
                    !timeout.isNegative() && !timeout.isZero(),
                    "kafka.timeout",
                    timeout,
                    "above 0");
            properties = new TreeMap<>(properties == null ? Map.of() : properties);
        }

        /** Properties of a Kafka client: the address and the further ones. */
        public Properties client() {
            Properties client = new Properties();
            client.putAll(properties);
            client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            return client;
        }
    }

    /**
     * The topics.
     *
     * @param creatives what happens to creatives, keyed by model
     * @param scores what Kedge says of them
     * @param metrics how well the models do
     * @param deadLetters what could not be used
     * @param control commands to the models; of one partition, because their order counts
     */
    public record Topics(
            String creatives, String scores, String metrics, String deadLetters, String control) {
        static final Topics DEFAULT =
                new Topics(
                        "kedge.ads.creatives.v1",
                        "kedge.ads.scores.v1",
                        "kedge.ads.metrics.v1",
                        "kedge.ads.creatives.v1.dlq",
                        "kedge.ads.control.v1");

        /** Checks the names. */
        public Topics {
            topic("topics.creatives", creatives);
            topic("topics.scores", scores);
            topic("topics.metrics", metrics);
            topic("topics.dead-letters", deadLetters);
            topic("topics.control", control);
        }

        private static void topic(String field, String name) {
            require(name.matches("[a-zA-Z0-9._-]{1,249}"), field, name, "a Kafka topic name");
        }
    }

    /** How scores leave. */
    public enum Delivery {
        /** In transactions: visible at the next checkpoint, each once. */
        EXACTLY_ONCE,
        /** At once; after a failure some may come again, with the same key and the same bytes. */
        AT_ONCE
    }

    /**
     * When and where state is kept.
     *
     * @param every time between two checkpoints
     * @param directory folder or URI below which each job's checkpoints go, in a folder of its name
     * @param transactionTimeout how long an uncommitted transaction may last: longer than {@code
     *     every} and the longest recovery, at most the broker's transaction.max.timeout.ms
     */
    public record Checkpoints(Duration every, String directory, Duration transactionTimeout) {
        static final Checkpoints DEFAULT =
                new Checkpoints(
                        Duration.ofSeconds(10),
                        Path.of("kedge-state").toAbsolutePath().toUri().toString(),
                        Duration.ofMinutes(15));

        /** Checks the durations. */
        public Checkpoints {
            require(
                    every.compareTo(Duration.ofMillis(100)) >= 0,
                    "checkpoints.every",
                    every,
                    "at least 100 ms");
            require(
                    transactionTimeout.compareTo(every) > 0,
                    "checkpoints.transaction-timeout",
                    transactionTimeout,
                    "longer than checkpoints.every (" + every + ")");
            require(!directory.isBlank(), "checkpoints.directory", directory, "a folder or a URI");
        }
    }

    /**
     * The page.
     *
     * @param enabled whether to serve it
     * @param host address to listen on; anything but localhost needs a token
     * @param port port, 0 for any free one
     * @param token what a reader from elsewhere must show, or the empty text
     */
    public record Dashboard(boolean enabled, String host, int port, String token) {
        private static final Set<String> THIS_MACHINE =
                Set.of("localhost", "127.0.0.1", "::1", "[::1]");

        static final Dashboard DEFAULT = new Dashboard(true, "localhost", 8088, "");

        /** Checks the port, and that only this machine can see a page without a token. */
        public Dashboard {
            require(port >= 0 && port <= 65_535, "dashboard.port", port, "between 0 and 65535");
            require(!host.isBlank(), "dashboard.host", "'" + host + "'", "a name or an address");
            require(
                    token.isEmpty() || !token.isBlank(),
                    "dashboard.token",
                    "'" + token + "'",
                    "empty or more than blanks");
            require(
                    !enabled || !token.isEmpty() || THIS_MACHINE.contains(host),
                    "dashboard.host",
                    host,
                    "localhost as long as dashboard.token is empty");
        }
    }

    private static void require(boolean holds, String field, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    field + ": " + value + " is not allowed; it must be " + allowed);
        }
    }
}
