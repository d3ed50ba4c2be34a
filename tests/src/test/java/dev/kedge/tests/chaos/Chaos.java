// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.tests.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.util.FileUtils;

/**
 * Kills task managers of a real cluster at random moments while a job learns, then lets the same
 * job read the same records in peace, and compares what the two left: every part of every model,
 * every committed record.
 */
public final class Chaos {
    private static final String CHAOS = "chaos";
    private static final String CALM = "calm";
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1500);
    private static final int INPUT_PARTITIONS = 4;
    private static final long LEAST_RECORDS_A_MODEL = 24;
    private static final long LEAD_A_MODEL = 12;

    /** Steps that the disturbed job makes together; the other makes each by itself. */
    private static final int TOGETHER = 64;

    private final ChaosOptions options;
    private final Consumer<String> out;
    private final RestorableRandom random;
    private final long began = System.nanoTime();

    /** Prepares a run that says what happens, line by line. */
    public Chaos(ChaosOptions options, Consumer<String> out) {
        this.options = options;
        this.out = out;
        this.random = RestorableRandom.seeded(options.seed(), "chaos");
    }

    /** Runs, which takes about ten seconds a kill. */
    public Verdict run() throws Exception {
        prepareFolder();
        ClusterSettings settings = ClusterSettings.write(options.folder().resolve("cluster"));
        try (FlinkCluster cluster = new FlinkCluster(settings, ChaosJobs.PARALLELISM + 1);
                EmbeddedBroker broker = EmbeddedBroker.start(options.folder().resolve("broker"))) {
            cluster.awaitTaskManagers();
            say("broker, job manager and task managers are there; seed %d", options.seed());
            return compare(broker.bootstrapServers(), cluster);
        } finally {
            delete("broker", "checkpoints", "cluster/tmp");
        }
    }

    private Verdict compare(String servers, FlinkCluster cluster) throws Exception {
        DiscontinuationFile chaos = ChaosJobs.settings(CHAOS, servers, options, TOGETHER);
        DiscontinuationFile calm = ChaosJobs.settings(CALM, servers, options, 1);
        createTopics(servers, chaos, calm);
        Disturbed run = disturbed(servers, cluster, chaos);
        say("%,d records consumed; now the same without kills", run.records());
        Leftover undisturbed = undisturbed(servers, cluster, calm, run.records());
        return new Verdict(
                options.kills(),
                run.recoveries(),
                run.records(),
                run.leftover(),
                undisturbed,
                Comparison.of(run.leftover(), undisturbed),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private record Disturbed(long recoveries, long records, Leftover leftover) {}

    private Disturbed disturbed(String servers, FlinkCluster cluster, DiscontinuationFile settings)
            throws Exception {
        SubmittedJob job = cluster.submit(ChaosJobs.graph(settings));
        Lead lead = new Lead(LEAD_A_MODEL * options.models());
        try (ConsumedRecords consumed =
                        new ConsumedRecords(servers, settings.name(), ChaosJobs.CREATIVES, lead);
                PlayedStream stream = PlayedStream.start(servers, options, lead)) {
            awaitMore(job, consumed, Milestone.START);
            for (int kill = 1; kill <= options.kills(); kill++) {
                Milestone milestone = kill(kill, cluster, job, consumed);
                awaitMore(job, consumed, milestone);
            }
            awaitEnough(consumed);
            long records = stream.end();
            awaitAll(job, consumed, records);
            long recoveries = job.progress().recoveries();
            return new Disturbed(recoveries, records, leftover(servers, job, settings));
        }
    }

    private Leftover undisturbed(
            String servers, FlinkCluster cluster, DiscontinuationFile settings, long records)
            throws Exception {
        SubmittedJob job = cluster.submit(ChaosJobs.graph(settings));
        try (ConsumedRecords consumed =
                new ConsumedRecords(
                        servers, settings.name(), ChaosJobs.CREATIVES, new Lead(records))) {
            awaitAll(job, consumed, records);
            if (job.progress().recoveries() > 0) {
                throw new IllegalStateException("the undisturbed run was disturbed");
            }
            return leftover(servers, job, settings);
        }
    }

    /**
     * How far a job is.
     *
     * @param recoveries so far
     * @param records that complete checkpoints cover
     */
    private record Milestone(long recoveries, long records) {
        static final Milestone START = new Milestone(-1, 0);
    }

    /** Waits until the job has recovered since, and has remembered more records than then. */
    private static void awaitMore(SubmittedJob job, ConsumedRecords consumed, Milestone since) {
        await("the job comes on")
                .atMost(Patience.TIME)
                .pollInterval(LOOK)
                .until(
                        () -> {
                            JobProgress progress = job.progress();
                            return progress.recoveries() > since.recoveries()
                                    && progress.cameOn()
                                    && consumed.count() > since.records();
                        });
    }

    /** Waits until every market had time to launch something, however quick the recoveries were. */
    private void awaitEnough(ConsumedRecords consumed) {
        await("enough records")
                .atMost(LONG_PATIENCE)
                .pollInterval(LOOK)
                .until(() -> consumed.count() >= LEAST_RECORDS_A_MODEL * options.models());
    }

    /** Kills one of the task managers that work, at a random moment, and says how far it came. */
    private Milestone kill(
            int number, FlinkCluster cluster, SubmittedJob job, ConsumedRecords consumed)
            throws Exception {
        List<JavaProcess> working = List.of();
        JobProgress progress = JobProgress.NOT_RUNNING;
        long records = 0;
        while (!progress.cameOn() || working.size() < ChaosJobs.PARALLELISM) {
            pause();
            working = cluster.working();
            progress = job.progress();
            records = consumed.count();
        }
        Milestone milestone = new Milestone(progress.recoveries(), records);
        JavaProcess victim = working.get(random.nextInt(working.size()));
        cluster.kill(victim);
        if (number < options.kills()) {
            // Another one stood by and takes over; this one stands by for the next kill.
            cluster.startTaskManager();
        }
        say(
                "kill %d of %d: %s (process %d); %,d records are in checkpoints",
                number, options.kills(), victim.name(), victim.pid(), milestone.records());
        return milestone;
    }

    /** Lets a random time pass, so that kills fall everywhere between two checkpoints. */
    private void pause() {
        long millis = (long) (random.nextDouble() * LONGEST_PAUSE.toMillis());
        CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                .join();
    }

    private static void awaitAll(SubmittedJob job, ConsumedRecords consumed, long records) {
        await("all records are consumed")
                .atMost(LONG_PATIENCE)
                .pollInterval(LOOK)
                .until(() -> job.progress().running() && consumed.count() == records);
    }

    private Leftover leftover(String servers, SubmittedJob job, DiscontinuationFile settings)
            throws Exception {
        String savepoint = job.stopWithSavepoint(options.folder().resolve(settings.name()));
        return Leftover.of(servers, settings, savepoint);
    }

    private static void createTopics(String servers, DiscontinuationFile... jobs) {
        try (Topics topics = Topics.connect(servers, Patience.TIME)) {
            topics.create(ChaosJobs.CREATIVES, INPUT_PARTITIONS);
            for (DiscontinuationFile job : jobs) {
                // One partition each: order within a model is then order within the topic.
                topics.create(job.topics().scores(), 1);
                topics.create(job.topics().metrics(), 1);
                topics.create(job.topics().deadLetters(), 1);
                topics.create(job.topics().control(), 1);
            }
        }
    }

    private void prepareFolder() throws IOException {
        Files.createDirectories(options.folder());
        delete("broker", "checkpoints", "cluster", CHAOS, CALM);
    }

    private void delete(String... folders) {
        for (String folder : folders) {
            FileUtils.deleteDirectoryQuietly(options.folder().resolve(folder).toFile());
        }
    }

    private void say(String format, Object... values) {
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        out.accept(
                String.format(Locale.ROOT, "%4d s  ", seconds)
                        + String.format(Locale.ROOT, format, values));
    }
}
