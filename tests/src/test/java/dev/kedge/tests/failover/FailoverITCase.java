// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.failover;

import static org.assertj.core.api.Assertions.assertThat;
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
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.flink.FlinkSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job on a real broker, failed in the middle: every score is in the output once, and is
 * the score that plain Java computes from the same records.
 */
class FailoverITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** About 35 days in 7 seconds: long enough to fail in the middle of it. */
    private static final Pace PACE = Pace.times(5 * 86_400);

    private static final MarketConfig MARKET =
            MarketConfig.DEFAULT
                    .withSeed(11)
                    .withStart(Instant.parse("2020-01-01T00:00:00Z"))
                    .withSize(5, 3, 35)
                    .withFaults(0.02, 0.02, 0.01);

    @TempDir private Path folder;

    private EmbeddedBroker broker;
    private DiscontinuationFile settings;
    private List<SimulatedRecord> records;
    private PlainRun expected;
    private CommittedTopic scores;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        settings =
                DiscontinuationFile.DEFAULT.local(
                        broker.bootstrapServers(), folder.resolve("checkpoints"));
        LocalTopics.create(settings);
        records = new ArrayList<>();
        new MarketSimulator(MARKET).forEachRemaining(records::add);
        expected = new PlainRun(settings.discontinuation(), records);
        scores = new CommittedTopic(broker.bootstrapServers(), settings.topics().scores());
    }

    @AfterEach
    void stop() throws Exception {
        scores.close();
        expected.close();
        broker.close();
    }

    @Test
    void aTaskManagerThatDiesInTheMiddleLeavesEachScoreOnce() throws Exception {
        try (MiniCluster cluster = cluster()) {
            JobID job = submit(cluster);
            try (RecordPlayer player = player()) {
                Thread playing = play(player);
                awaitScores(expected.scoreCount() / 4);
                cluster.terminateTaskManager(0).get();
                cluster.startTaskManager();
                playing.join();
            }
            awaitScores(expected.scoreCount());
            assertEachScoreOnce();
            assertThat(attempts(cluster, job)).as("restarts").isGreaterThanOrEqualTo(1);
            cluster.cancelJob(job).get();
        }
    }

    @Test
    void aJobStartedAgainFromItsNewestCheckpointGoesOn() throws Exception {
        try (RecordPlayer player = player()) {
            Thread playing = play(player);
            try (EmbeddedJob job =
                    EmbeddedJob.start(new DiscontinuationJob(settings), Optional.empty())) {
                awaitScores(expected.scoreCount() / 4);
                assertThat(job.failure()).isEmpty();
            }
            assertThat(scores.read()).as("it was the middle").isLessThan(expected.scoreCount());
            Optional<String> newest = Checkpoints.newest(settings.checkpointUri());
            assertThat(newest).isPresent();
            try (EmbeddedJob again = EmbeddedJob.start(new DiscontinuationJob(settings), newest)) {
                playing.join();
                awaitScores(expected.scoreCount());
                assertThat(again.failure()).isEmpty();
            }
            assertEachScoreOnce();
        }
    }

    private void assertEachScoreOnce() {
        // Whatever is committed after the last expected one would be one too many.
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> scores.read() == expected.scoreCount());
        assertThat(scores.values()).isEqualTo(expected.scores());
        assertThat(expected.scoreCount()).isGreaterThan(2_000);
        try (CommittedTopic refused =
                new CommittedTopic(broker.bootstrapServers(), settings.topics().deadLetters())) {
            await().atMost(PATIENCE).until(() -> refused.read() >= expected.deadLetters());
            assertThat(refused.read()).isEqualTo(expected.deadLetters()).isPositive();
        }
    }

    private void awaitScores(long count) {
        await().atMost(PATIENCE).until(() -> scores.read() >= count);
    }

    private RecordPlayer player() {
        return new RecordPlayer(
                broker.bootstrapServers(),
                settings.topics().creatives(),
                PACE,
                RecordPlayer.Progress.IGNORED);
    }

    private Thread play(RecordPlayer player) {
        Thread playing = new Thread(() -> player.play(records.iterator()), "play");
        playing.start();
        return playing;
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

    private JobID submit(MiniCluster cluster) throws Exception {
        Configuration flink = FlinkSetup.of(settings, Optional.empty());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(flink);
        new DiscontinuationJob(settings).build(environment);
        return cluster.submitJob(environment.getStreamGraph()).get().getJobID();
    }

    private static long attempts(MiniCluster cluster, JobID job) throws Exception {
        return cluster.getExecutionGraph(job)
                .get()
                .getAllExecutionVertices()
                .iterator()
                .next()
                .getCurrentExecutionAttempt()
                .getAttemptNumber();
    }
}
