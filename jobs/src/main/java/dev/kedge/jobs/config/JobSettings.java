// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.state.settings.Checks;
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
 * What all job files share. Each job has a record of its own that adds its topics and its learner:
 * the record's components are the fields of its files.
 */
public interface JobSettings {
    /** Memory for live models, where a file does not say. */
    CacheBudget CACHE = CacheBudget.ofBytes(MemorySize.ofMebiBytes(256).getBytes());

    /** Which job: what a file says under {@code job}. */
    String job();

    /** Name of the job; begins consumer group and transactional ids. */
    String name();

    /** The user's brokers. */
    Kafka kafka();

    /** The topics. */
    JobTopics topics();

    /** How scores leave. */
    Delivery delivery();

    /** When and where state is kept. */
    Checkpoints checkpoints();

    /** How often a job may fail. */
    Restarts restarts();

    /** Tasks of each operator. */
    int parallelism();

    /** Bytes of live models that one task keeps, or a share of its managed memory. */
    CacheBudget cache();

    /** Event time without an event after which a model is forgotten; 0 for never. */
    Duration expireAfter();

    /** The page. */
    Dashboard dashboard();

    /**
     * Where this job's checkpoints go: a folder of its own below {@code checkpoints.directory}, so
     * that no job goes on from another's.
     */
    default String checkpointUri() {
        String directory = checkpoints().directory();
        String base =
                directory.contains("://") || directory.startsWith("file:")
                        ? directory
                        : Path.of(directory).toAbsolutePath().toUri().toString();
        return base.replaceAll("/+$", "") + "/" + name();
    }

    /**
     * Checks what a job's record cannot leave to its parts.
     *
     * @param word what {@code job} must be
     * @throws IllegalArgumentException if something is not allowed, in one line
     */
    static void check(String word, String job, String name, int parallelism, Duration expireAfter) {
        Checks.require(job.equals(word), "job", job, word);
        Checks.require(
                name.matches("[a-zA-Z0-9._-]{1,100}"),
                "name",
                name,
                "letters, digits, . _ - (1 to 100)");
        Checks.require(
                parallelism >= 1 && parallelism <= 1024,
                "parallelism",
                parallelism,
                "between 1 and 1024");
        Checks.require(!expireAfter.isNegative(), "expire-after", expireAfter, "0 or more");
    }

    /**
     * Checks what a part of a file can only check as a whole.
     *
     * @param field the part's field
     * @throws IllegalArgumentException what the check throws, with the field before it
     */
    static void checkPart(String field, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            // Without its cause: the deepest message is what a person reads.
            throw new IllegalArgumentException(field + "." + e.getMessage());
        }
    }

    /**
     * The user's brokers.
     *
     * @param bootstrapServers host:port, comma-separated
     * @param timeout how long to wait for a broker at start
     * @param properties further properties of the Kafka clients
     * @param discoverPartitions how often to look for partitions that were added to the topics that
     *     are read; 0 for never
     * @param lostRecords what to do where the next record to read is no longer in its topic
     */
    record Kafka(
            String bootstrapServers,
            Duration timeout,
            SortedMap<String, String> properties,
            Duration discoverPartitions,
            LostRecords lostRecords) {
        /** As it is without a file. */
        public static final Kafka DEFAULT =
                new Kafka(
                        "localhost:9092",
                        Duration.ofSeconds(10),
                        new TreeMap<>(),
                        Duration.ofSeconds(30),
                        LostRecords.END);

        /** Checks the address. */
        public Kafka {
            Checks.require(
                    bootstrapServers.matches("\\S+:\\d+(,\\S+:\\d+)*"),
                    "kafka.bootstrap-servers",
                    bootstrapServers,
                    "host:port, or several with commas between");
            Checks.require(
                    !timeout.isNegative() && !timeout.isZero(),
                    "kafka.timeout",
                    timeout,
                    "above 0");
            Checks.require(
                    discoverPartitions.isZero()
                            || discoverPartitions.compareTo(Duration.ofMillis(100)) >= 0,
                    "kafka.discover-partitions",
                    discoverPartitions,
                    "0 (never) or at least 100 ms");
            properties = new TreeMap<>(properties == null ? Map.of() : properties);
        }

        /** The same with a broker of its own, which asks for nothing further. */
        public Kafka at(String servers) {
            return new Kafka(servers, timeout, new TreeMap<>(), discoverPartitions, lostRecords);
        }

        /** Properties of a Kafka client: the address and the further ones. */
        public Properties client() {
            Properties client = new Properties();
            client.putAll(properties);
            client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            return client;
        }
    }

    /** What to do where the next record to read is no longer in its topic. */
    enum LostRecords {
        /** End the run with an error that names topic, partition and place. */
        END,
        /** Go on at the oldest record that is still there. */
        SKIP
    }

    /** How scores leave. */
    enum Delivery {
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
     * @param toleratedFailures checkpoints that may fail one after the other before the job
     *     restarts
     * @param retained how many are kept, of all runs together
     */
    record Checkpoints(
            Duration every,
            String directory,
            Duration transactionTimeout,
            int toleratedFailures,
            int retained) {
        /** As it is without a file. */
        public static final Checkpoints DEFAULT =
                new Checkpoints(
                        Duration.ofSeconds(10),
                        Path.of("kedge-state").toAbsolutePath().toUri().toString(),
                        Duration.ofMinutes(15),
                        10,
                        3);

        /** Checks the durations and the number. */
        public Checkpoints {
            Checks.require(
                    every.compareTo(Duration.ofMillis(100)) >= 0,
                    "checkpoints.every",
                    every,
                    "at least 100 ms");
            Checks.require(
                    transactionTimeout.compareTo(every) > 0,
                    "checkpoints.transaction-timeout",
                    transactionTimeout,
                    "longer than checkpoints.every (" + every + ")");
            Checks.require(
                    !directory.isBlank(), "checkpoints.directory", directory, "a folder or a URI");
            Checks.within("checkpoints.tolerated-failures", toleratedFailures, 0, 1_000_000);
            Checks.within("checkpoints.retained", retained, 1, 100);
        }

        /** The same in a folder of this machine, every second. */
        public Checkpoints at(Path folder) {
            return new Checkpoints(
                    Duration.ofSeconds(1),
                    folder.toAbsolutePath().toUri().toString(),
                    transactionTimeout,
                    toleratedFailures,
                    retained);
        }
    }

    /**
     * How often a job may fail before its run ends.
     *
     * @param maxWithoutCheckpoint restarts one after the other without a complete checkpoint
     *     between; restarts while no broker answers do not count
     */
    record Restarts(int maxWithoutCheckpoint) {
        /** As it is without a file. */
        public static final Restarts DEFAULT = new Restarts(10);

        /** Checks the number. */
        public Restarts {
            Checks.within("restarts.max-without-checkpoint", maxWithoutCheckpoint, 0, 1_000_000);
        }
    }

    /**
     * The page.
     *
     * @param enabled whether to serve it
     * @param host address to listen on; anything but localhost needs a token
     * @param port port, 0 for any free one
     * @param token what a reader from elsewhere must show, or the empty text
     * @param view folder below which a page of ads keeps what it has read, in a folder of the job's
     *     name; empty to read the topics anew at each start
     */
    record Dashboard(boolean enabled, String host, int port, String token, String view) {
        private static final Set<String> THIS_MACHINE =
                Set.of("localhost", "127.0.0.1", "::1", "[::1]");

        /** As it is without a file. */
        public static final Dashboard DEFAULT =
                new Dashboard(true, "localhost", 8088, "", "kedge-view");

        /** Checks the port, and that only this machine can see a page without a token. */
        public Dashboard {
            Checks.require(
                    port >= 0 && port <= 65_535, "dashboard.port", port, "between 0 and 65535");
            Checks.require(
                    !host.isBlank(), "dashboard.host", "'" + host + "'", "a name or an address");
            Checks.require(
                    token.isEmpty() || !token.isBlank(),
                    "dashboard.token",
                    "'" + token + "'",
                    "empty or more than blanks");
            Checks.require(
                    !enabled || !token.isEmpty() || THIS_MACHINE.contains(host),
                    "dashboard.host",
                    host,
                    "localhost as long as dashboard.token is empty");
            Checks.require(
                    view.isEmpty() || (!view.isBlank() && !view.contains("://")),
                    "dashboard.view",
                    "'" + view + "'",
                    "a folder of this machine, or empty");
        }
    }
}
