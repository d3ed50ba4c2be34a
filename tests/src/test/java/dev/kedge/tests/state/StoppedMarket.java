// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.state;

import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.jobs.flink.FlinkSetup;
import dev.kedge.tests.failover.CommittedTopic;
import dev.kedge.tests.failover.PlainRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The discontinuation job on a real broker, stopped half-way through a small market and gone on
 * from there: two savepoints and a retained checkpoint. The last of the markets opens in the second
 * half.
 */
final class StoppedMarket implements AutoCloseable {
    static final String NEWCOMER = "market-3";

    private static final MarketConfig MARKET =
            MarketConfig.DEFAULT
                    .withSeed(5)
                    .withStart(Instant.parse("2020-01-01T00:00:00Z"))
                    .withSize(3, 3, 30)
                    .withFaults(0.02, 0.02, 0.01);

    private final EmbeddedBroker broker;
    private final DiscontinuationFile settings;
    private final Path folder;
    private final List<SimulatedRecord> first = new ArrayList<>();
    private final List<SimulatedRecord> second = new ArrayList<>();
    private final Map<String, Integer> scoresOfFirst = new TreeMap<>();
    private final CommittedTopic scores;
    private String halfway = "";
    private String checkpoint = "";
    private String end = "";

    StoppedMarket(Path folder) throws Exception {
        this.folder = folder;
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        settings =
                DiscontinuationFile.DEFAULT.local(
                        broker.bootstrapServers(), folder.resolve("checkpoints"));
        LocalTopics.create(settings);
        scores = new CommittedTopic(broker.bootstrapServers(), settings.topics().scores());
        divide();
        run();
    }

    /** Savepoint in the middle, in the canonical format. */
    String halfway() {
        return halfway;
    }

    /** Retained incremental checkpoint of the same moment. */
    String checkpoint() {
        return checkpoint;
    }

    /** Savepoint at the end, in the backend's own format. */
    String end() {
        return end;
    }

    /** Folder below which all of them are. */
    Path folder() {
        return folder;
    }

    DiscontinuationFile settings() {
        return settings;
    }

    /** What came after the middle. */
    List<SimulatedRecord> second() {
        return second;
    }

    /** The job's scores after the middle, by key, in their order. */
    Map<String, List<String>> scoresOfSecond() {
        Map<String, List<String>> late = new TreeMap<>();
        scores.values()
                .forEach(
                        (key, all) -> {
                            int from = scoresOfFirst.getOrDefault(key, 0);
                            if (from < all.size()) {
                                late.put(key, List.copyOf(all.subList(from, all.size())));
                            }
                        });
        return late;
    }

    private void divide() {
        List<SimulatedRecord> all = new ArrayList<>();
        new MarketSimulator(MARKET).forEachRemaining(all::add);
        for (int i = 0; i < all.size(); i++) {
            boolean early = i < all.size() / 2;
            if (!early) {
                second.add(all.get(i));
            } else if (!all.get(i).key().equals(NEWCOMER)) {
                first.add(all.get(i));
            }
        }
    }

    private void run() throws Exception {
        try (PlainRun expected = new PlainRun(settings.discontinuation(), first)) {
            runToTheMiddle(expected);
            expected.learn(second);
            runToTheEnd(expected);
        }
    }

    private void runToTheMiddle(PlainRun expected) throws Exception {
        try (MiniCluster cluster = cluster()) {
            JobID job = submit(cluster, Optional.empty());
            play(first, expected);
            scores.values().forEach((key, all) -> scoresOfFirst.put(key, all.size()));
            halfway = savepoint(cluster, job, SavepointFormatType.CANONICAL);
            cluster.triggerCheckpoint(job).get();
            cluster.cancelJob(job).get();
            await().until(() -> cluster.getJobStatus(job).get() == JobStatus.CANCELED);
            checkpoint = Checkpoints.newest(settings.checkpointUri()).orElseThrow();
        }
    }

    private void runToTheEnd(PlainRun expected) throws Exception {
        try (MiniCluster cluster = cluster()) {
            JobID job = submit(cluster, Optional.of(halfway));
            play(second, expected);
            end = savepoint(cluster, job, SavepointFormatType.NATIVE);
            cluster.cancelJob(job).get();
        }
    }

    /** Plays, and waits until the job has said as much as it has to. */
    private void play(List<SimulatedRecord> records, PlainRun expected) {
        try (RecordPlayer player =
                new RecordPlayer(
                        broker.bootstrapServers(),
                        settings.topics().creatives(),
                        Pace.unthrottled(),
                        RecordPlayer.Progress.IGNORED)) {
            player.play(records.iterator());
        }
        long count = expected.scoreCount();
        await().until(() -> scores.read() >= count);
    }

    private String savepoint(MiniCluster cluster, JobID job, SavepointFormatType format)
            throws Exception {
        return cluster.triggerSavepoint(
                        job, folder.resolve("savepoints").toUri().toString(), false, format)
                .get();
    }

    private MiniCluster cluster() throws Exception {
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(
                                        FlinkSetup.of(settings, Optional.empty())
                                                .set(RestOptions.BIND_PORT, "0"))
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(1)
                                .build());
        cluster.start();
        return cluster;
    }

    private JobID submit(MiniCluster cluster, Optional<String> resume) throws Exception {
        Configuration flink = FlinkSetup.of(settings, resume);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(flink);
        new DiscontinuationJob(settings).build(environment);
        return cluster.submitJob(environment.getStreamGraph()).get().getJobID();
    }

    @Override
    public void close() {
        scores.close();
        broker.close();
    }
}
