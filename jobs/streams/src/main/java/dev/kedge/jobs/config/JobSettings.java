// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import dev.kedge.connectors.formats.Formats;
import dev.kedge.connectors.formats.Spelling;
import dev.kedge.connectors.registry.RegistrySettings;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.StepGrouping;
import dev.kedge.operators.math.device.DeviceSettings;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Durations;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
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
    /** What the reference pages say of {@link #name}. */
    String NAME_MEANING =
            "Name of the job: letters, digits, `.`, `_`, `-` (1 to 100). It is the consumer group and begins the transactional ids; a job that goes on from a checkpoint keeps it.";

    /** Which job: what a file says under {@code job}. */
    String job();

    /** Name of the job; begins consumer group and transactional ids. */
    String name();

    /** The user's brokers. */
    Kafka kafka();

    /** The topics. */
    JobTopics topics();

    /** What is the same for every job. */
    Operation operation();

    /** How scores leave. */
    default Delivery delivery() {
        return operation().delivery();
    }

    /** When and where state is kept. */
    default Checkpoints checkpoints() {
        return operation().checkpoints();
    }

    /** How often a job may fail. */
    default Restarts restarts() {
        return operation().restarts();
    }

    /** Tasks of each operator. */
    default int parallelism() {
        return operation().parallelism();
    }

    /** Bytes of live models that one task keeps, or a share of its managed memory. */
    default CacheBudget cache() {
        return operation().cache();
    }

    /** What models compute on. */
    default DeviceSettings device() {
        return operation().device();
    }

    /** Event time without an event after which a model is forgotten; 0 for never. */
    default Duration expireAfter() {
        return operation().expireAfter();
    }

    /** How steps of learning of many models are made together. */
    default StepGrouping grouping() {
        return operation().grouping();
    }

    /** The page. */
    default Dashboard dashboard() {
        return operation().dashboard();
    }

    /** Who is told Flink's metrics. */
    default Metrics metrics() {
        return operation().metrics();
    }

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
     * The same on a broker of its own, with a checkpoint every second.
     *
     * @param bootstrapServers the broker
     * @param folder where the checkpoints go
     */
    static <S extends Record & JobSettings> S local(
            S settings, String bootstrapServers, Path folder) {
        S alone = Schema.with(settings, "kafka", settings.kafka().at(bootstrapServers));
        return Schema.with(alone, "checkpoints", settings.checkpoints().at(folder));
    }

    /** How a job is run: what is the same for every job. */
    record Operation(
            @Meaning(
                            "How scores, metrics and dead letters leave: in transactions that end with a checkpoint, or as soon as they are made.")
                    Delivery delivery,
            Checkpoints checkpoints,
            Restarts restarts,
            @Meaning("Tasks of each operator; 1 to 1024.") @Range(min = 1, max = 1024)
                    int parallelism,
            @Meaning(
                            "Memory for live models that each task keeps, as a size or as a share of the managed memory of its slot (`30 %`); a share is counted against that memory, not taken from it. 0 keeps only the model in use.")
                    CacheBudget cache,
            @Group DeviceSettings device,
            @Meaning("Event time without an event after which a model is forgotten; 0 for never.")
                    @Lasting(min = "0")
                    Duration expireAfter,
            StepGrouping grouping,
            Dashboard dashboard,
            Metrics metrics) {
        /** As it is without a file. */
        public static final Operation DEFAULT =
                new Operation(
                        Delivery.EXACTLY_ONCE,
                        Checkpoints.DEFAULT,
                        new Restarts(10),
                        1,
                        CacheBudget.ofBytes(MemorySize.ofMebiBytes(256).getBytes()),
                        DeviceSettings.DEFAULT,
                        Duration.ZERO,
                        StepGrouping.ALONE,
                        new Dashboard(true, "localhost", 8088, "", "kedge-view", Cards.DEFAULT),
                        Metrics.OFF);
    }

    /** The user's brokers. */
    record Kafka(
            @Meaning("Your brokers: `host:port`, several with commas between.")
                    @Matching(
                            value = "\\S+:\\d+(,\\S+:\\d+)*",
                            allowed = "host:port, or several with commas between")
                    String bootstrapServers,
            @Meaning("How long to wait for a broker at start; above 0.") @Lasting(above = "0")
                    Duration timeout,
            @Meaning("Further properties of the Kafka clients, security for example.")
                    SortedMap<String, String> properties,
            @Meaning(
                            "How often to look for partitions that were added to the topics that are read; they are read from their beginning. At least 100 ms, or 0 for never.")
                    Duration discoverPartitions,
            @Meaning(
                            "Where the next record to read is no longer in its topic, because the topic's retention has passed it for example: `end` ends the run with an error that names topic, partition and place; `skip` goes on at the oldest record that is still there.")
                    LostRecords lostRecords,
            Formats format,
            RegistrySettings schemaRegistry) {
        /** As it is without a file. */
        public static final Kafka DEFAULT =
                new Kafka(
                        "localhost:9092",
                        Duration.ofSeconds(10),
                        new TreeMap<>(),
                        Duration.ofSeconds(30),
                        LostRecords.END,
                        Formats.JSON,
                        RegistrySettings.NONE);

        /** Checks the address. */
        public Kafka {
            Checks.require(
                    format.plain() || schemaRegistry.given(),
                    "schema-registry.url",
                    schemaRegistry.url(),
                    "an address where a format is not json");
            boolean seldom = discoverPartitions.compareTo(Duration.ofMillis(100)) >= 0;
            Checks.require(
                    seldom || discoverPartitions.isZero(),
                    "discover-partitions",
                    discoverPartitions,
                    "0 (never) or at least 100 ms");
            properties = new TreeMap<>(properties == null ? Map.of() : properties);
        }

        /** The same with a broker of its own, which asks for nothing further. */
        public Kafka at(String servers) {
            return new Kafka(
                    servers,
                    timeout,
                    new TreeMap<>(),
                    discoverPartitions,
                    lostRecords,
                    Formats.JSON,
                    RegistrySettings.NONE);
        }

        /** How the records of the job's topics are spelled. */
        public Spelling spelling() {
            return new Spelling(format, schemaRegistry);
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

    /** When and where state is kept. */
    record Checkpoints(
            @Meaning(
                            "Time between two checkpoints; at least 100 ms. With `exactly-once` it is also how long a score waits.")
                    @Lasting(min = "100 ms")
                    Duration every,
            @Meaning(
                            "Folder, or URI with its scheme, below which each job keeps its checkpoints in a folder of its name; a run goes on from the newest one in it. The default lies in the folder from which the job is started.")
                    @Matching(value = Matching.NOT_BLANK, allowed = "a folder or a URI")
                    String directory,
            @Meaning(
                            "How long a transaction may stay open: longer than `checkpoints.every` and the longest recovery, at most the broker's `transaction.max.timeout.ms`; at least 1 s.")
                    @Lasting(min = "1 s")
                    Duration transactionTimeout,
            @Meaning(
                            "Checkpoints that may fail one after the other, on a full disk for example, before the job restarts; each is told. 0 to 1000000.")
                    @Range(min = 0, max = 1_000_000)
                    int toleratedFailures,
            @Meaning(
                            "How many checkpoints are kept, those of earlier runs included; 1 to 100. A damaged one has those before it to fall back on.")
                    @Range(min = 1, max = 100)
                    int retained,
            @Meaning(
                            "Changed bytes of models that each task may leave unwritten. What is beyond is written to RocksDB between records, what changed longest ago first and for at most a fifth of the time, so that a checkpoint finds little left to write. With more, what changes often is written less often, and a checkpoint holds records up for longer: some 10 ms for each megabyte.")
                    MemorySize dirty) {
        /** As it is without a file. */
        public static final Checkpoints DEFAULT =
                new Checkpoints(
                        Duration.ofSeconds(10),
                        Path.of("kedge-state").toAbsolutePath().toUri().toString(),
                        Duration.ofMinutes(15),
                        10,
                        3,
                        new MemorySize(LearnerBounds.DIRTY));

        /** Checks what belongs together. */
        public Checkpoints {
            String allowed = "longer than checkpoints.every (" + Durations.word(every) + ")";
            boolean longer = transactionTimeout.compareTo(every) > 0;
            Checks.require(longer, "transaction-timeout", transactionTimeout, allowed);
        }

        /** The same in a folder of this machine, every second. */
        public Checkpoints at(Path folder) {
            String uri = folder.toAbsolutePath().toUri().toString();
            return Schema.with(Schema.with(this, "directory", uri), "every", Duration.ofSeconds(1));
        }
    }

    /** How often a job may fail before its run ends. */
    record Restarts(
            @Meaning(
                            "Restarts one after the other without a complete checkpoint between after which the run ends with the last reason. Restarts while no broker answers do not count. 0 to 1000000.")
                    @Range(min = 0, max = 1_000_000)
                    int maxWithoutCheckpoint) {}

    /** The page. */
    record Dashboard(
            @Meaning("Whether to serve the dashboard.") boolean enabled,
            @Meaning("Address to listen on; any but this machine's own needs a token.")
                    @Matching(value = Matching.NOT_BLANK, allowed = "a name or an address")
                    String host,
            @Meaning("Port of the dashboard; 0 for any free one.") @Range(min = 0, max = 65_535)
                    int port,
            @Meaning("What a reader must show; the empty text for none.")
                    @Matching(
                            value = "|" + Matching.NOT_BLANK,
                            allowed = "empty or more than blanks")
                    String token,
            @Meaning(
                            "Folder of this machine in which the page of an ad job keeps what it has read of its topics, below it a folder of the job's name; it may be deleted while the job is down, and is read anew. A relative one lies in the folder from which the job is started; the empty text to read the topics anew at each start, without `what-if`. Other jobs keep nothing.")
                    @Matching(
                            value = "|(?!.*:/{2})" + Matching.NOT_BLANK,
                            allowed = "a folder of this machine, or empty")
                    String view,
            Cards cards) {
        private static final Set<String> THIS_MACHINE =
                Set.of("localhost", "127.0.0.1", "::1", "[::1]");

        /** Checks that only this machine can see a page without a token. */
        public Dashboard {
            boolean open = enabled && token.isEmpty() && !THIS_MACHINE.contains(host);
            Checks.require(!open, "host", host, "localhost as long as dashboard.token is empty");
        }
    }

    /** What an ad job's page keeps of how its creatives look. */
    record Cards(
            @Meaning(
                            "Creatives of which the page of an ad job keeps what they look like, a small copy of the picture and the first 600 characters of the text that came with the launch; those that came first make room for others. 0 for none; at most 100000. Kept in memory and in `dashboard.view`.")
                    @Range(min = 0, max = 100_000)
                    int creatives,
            @Meaning("Most memory that these may take together; at most 1 gb.") MemorySize size) {
        /** As it is without a file. */
        public static final Cards DEFAULT = new Cards(2000, MemorySize.ofMebiBytes(32));

        private static final long MOST = 1L << 30;

        /** Checks the size. */
        public Cards {
            Checks.require(size.getBytes() <= MOST, "size", size, "at most 1 gb");
        }
    }

    /** Who is told Flink's metrics of the job. */
    record Metrics(
            @Meaning("Whether to serve Flink's metrics for Prometheus, at `/metrics`.")
                    boolean enabled,
            @Meaning(
                            "Address to listen on. Whoever reaches it can read the metrics: names of the job, its operators and topics, and figures.")
                    @Matching(value = Matching.NOT_BLANK, allowed = "a name or an address")
                    String host,
            @Meaning("Port of the metrics.") @Range(min = 1, max = 65_535) int port,
            @Meaning(
                            "Whether to tell all that Flink and the Kafka clients count, thousands of series, and not only what [the page of metrics](metrics.md#flink-metrics) lists.")
                    boolean all,
            OpenTelemetry opentelemetry,
            @Meaning(
                            "Further options of Flink that begin with `metrics.`, for a reporter of your own on the class path for example.")
                    SortedMap<String, String> properties) {
        /** Nobody. */
        public static final Metrics OFF =
                new Metrics(false, "localhost", 9249, false, OpenTelemetry.OFF, new TreeMap<>());

        /** Checks the names of the options. */
        public Metrics {
            properties = new TreeMap<>(properties == null ? Map.of() : properties);
            for (String name : properties.keySet()) {
                boolean known = name.startsWith("metrics.");
                Checks.require(
                        known, "properties", name, "an option of Flink that begins with metrics.");
            }
        }
    }

    /** A collector of OpenTelemetry that is sent the metrics. */
    record OpenTelemetry(
            @Meaning(
                            "Where a collector of OpenTelemetry takes metrics: `http://host:4317` with `grpc`, `http://host:4318/v1/metrics` with `http`; the empty text for none.")
                    @Matching(
                            value = "|https?://[^\\s/]+(/\\S*)?",
                            allowed = "empty, or http:// or https:// with a host")
                    String endpoint,
            @Meaning("How it is spoken to.") Protocol protocol,
            @Meaning("How often it is sent the metrics; at least 1 s.") @Lasting(min = "1 s")
                    Duration every) {
        /** Nobody is sent anything. */
        public static final OpenTelemetry OFF =
                new OpenTelemetry("", Protocol.GRPC, Duration.ofSeconds(15));
    }

    /** How a collector of OpenTelemetry is spoken to. */
    enum Protocol {
        /** OTLP over gRPC. */
        GRPC,
        /** OTLP over HTTP. */
        HTTP
    }
}
