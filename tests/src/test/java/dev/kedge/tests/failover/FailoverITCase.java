// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.broker.EmbeddedBroker;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job on a real broker, failed in the middle: every score is in the output once, and is
 * the score that plain Java computes from the same records.
 */
class FailoverITCase {

    private static final MarketConfig MARKET =
            MarketConfig.DEFAULT
                    .withSeed(11)
                    .withStart(Instant.parse("2020-01-01T00:00:00Z"))
                    .withSize(5, 3, 35)
                    .withFaults(0.02, 0.02, 0.01);

    private static final List<SimulatedRecord> RECORDS = new ArrayList<>();

    @TempDir private static Path folder;

    private static EmbeddedBroker broker;
    private static PlainRun expected;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        new MarketSimulator(MARKET).forEachRemaining(RECORDS::add);
        expected = new PlainRun(DiscontinuationFile.DEFAULT.discontinuation(), RECORDS);
    }

    @AfterAll
    static void stop() throws Exception {
        expected.close();
        broker.close();
    }

    /** Topics of its own for each test. */
    private static DiscontinuationFile settings(String name) {
        DiscontinuationFile settings =
                DiscontinuationFile.DEFAULT
                        .with("name", name)
                        .with("topics.creatives", name + "-creatives")
                        .with("topics.scores", name + "-scores")
                        .with("topics.metrics", name + "-metrics")
                        .with("topics.dead-letters", name + "-refused")
                        .with("topics.control", name + "-control")
                        .local(broker.bootstrapServers(), folder.resolve("checkpoints"));
        LocalTopics.create(settings);
        return settings;
    }

    private static CommittedTopic topic(String name) {
        return new CommittedTopic(broker.bootstrapServers(), name);
    }

    private static PlayedInParts played(DiscontinuationFile settings) {
        return new PlayedInParts(broker.bootstrapServers(), settings.topics().creatives(), RECORDS);
    }

    @Test
    void aTaskManagerThatDiesInTheMiddleLeavesEachScoreOnce() throws Exception {
        DiscontinuationFile settings = settings("dies");
        PlayedInParts played = played(settings);
        try (MiniCluster cluster = cluster(settings);
                CommittedTopic scores = topic(settings.topics().scores())) {
            JobID job = submit(cluster, settings);
            awaitScores(scores, expected.scoreCount() / 8);
            played.during(
                    () -> {
                        cluster.terminateTaskManager(0).get();
                        cluster.startTaskManager();
                    });
            played.rest();
            assertEachScoreOnce(settings, scores);
            assertThat(attempts(cluster, job)).as("restarts").isGreaterThanOrEqualTo(1);
            cluster.cancelJob(job).get();
        }
    }

    @Test
    void aJobStartedAgainFromItsNewestCheckpointGoesOn() throws Exception {
        DiscontinuationFile settings = settings("again");
        PlayedInParts played = played(settings);
        try (CommittedTopic scores = topic(settings.topics().scores())) {
            EmbeddedJob job = EmbeddedJob.start(new DiscontinuationJob(settings), Optional.empty());
            try (job) {
                awaitScores(scores, expected.scoreCount() / 8);
                assertThat(job.failure()).isEmpty();
                played.during(job::close);
            }
            assertThat(scores.read()).as("it was the middle").isLessThan(expected.scoreCount());
            Optional<String> newest = Checkpoints.newest(settings.checkpointUri());
            assertThat(newest).isPresent();
            try (EmbeddedJob again = EmbeddedJob.start(new DiscontinuationJob(settings), newest)) {
                played.rest();
                assertEachScoreOnce(settings, scores);
                assertThat(again.failure()).isEmpty();
            }
        }
    }

    private static void assertEachScoreOnce(DiscontinuationFile settings, CommittedTopic scores) {
        awaitScores(scores, expected.scoreCount());
        // Whatever is committed after the last expected one would be one too many.
        await().during(Duration.ofSeconds(2)).until(() -> scores.read() == expected.scoreCount());
        assertThat(scores.values()).isEqualTo(expected.scores());
        assertThat(expected.scoreCount()).isGreaterThan(2_000);
        try (CommittedTopic refused = topic(settings.topics().deadLetters())) {
            await().until(() -> refused.read() >= expected.deadLetters());
            assertThat(refused.read()).isEqualTo(expected.deadLetters()).isPositive();
        }
    }

    private static void awaitScores(CommittedTopic scores, long count) {
        await().until(() -> scores.read() >= count);
    }

    private static MiniCluster cluster(DiscontinuationFile settings) throws Exception {
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

    private static JobID submit(MiniCluster cluster, DiscontinuationFile settings)
            throws Exception {
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
