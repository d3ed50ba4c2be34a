// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.tests.failover.CommittedTopic;
import dev.kedge.tests.security.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies on the scores that a real job gave to a simulated market. */
class WhatIfCommandITCase {
    @TempDir private static Path folder;

    private static EmbeddedBroker broker;
    private static Path job;

    @BeforeAll
    static void aMarketHasRun() throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        DiscontinuationFile settings =
                DiscontinuationFile.DEFAULT.local(
                        broker.bootstrapServers(), folder.resolve("checkpoints"));
        job = Files.writeString(folder.resolve("job.yaml"), StrictYaml.write(settings));
        LocalTopics.create(settings);
        MarketConfig market =
                MarketConfig.DEFAULT.withSeed(4).withSize(1, 10, 60).withFaults(0, 0, 0);
        try (RecordPlayer player =
                        new RecordPlayer(
                                broker.bootstrapServers(),
                                settings.topics().creatives(),
                                Pace.unthrottled(),
                                RecordPlayer.Progress.IGNORED);
                CommittedTopic scores =
                        new CommittedTopic(broker.bootstrapServers(), settings.topics().scores());
                EmbeddedJob running =
                        EmbeddedJob.start(new DiscontinuationJob(settings), Optional.empty())) {
            player.play(new MarketSimulator(market));
            await().until(() -> scores.read() > 3_000);
            assertThat(running.failure()).isEmpty();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void theJobsOwnPolicyAndOthersAreHeldAgainstWhatTheOperatorsDid() throws IOException {
        Path careful =
                Files.writeString(
                        folder.resolve("careful.yaml"),
                        "{rule: thresholds, stop-above: 0.9, minimum-outcomes: 0}\n");
        Path bold =
                Files.writeString(
                        folder.resolve("bold.yaml"),
                        "{rule: thresholds, stop-above: 0.2, watch-above: 0.2, minimum-outcomes: 0,"
                                + " costs: {live: 0}}\n");
        Path json = folder.resolve("report.json");

        Answer answer =
                Answer.to(
                        "what-if",
                        job.toString(),
                        "--policy",
                        careful.toString(),
                        "--policy",
                        bold.toString(),
                        "--json",
                        json.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("careful.yaml", "bold.yaml", "(0 unreadable)");
        JsonNode outcomes = new ObjectMapper().readTree(json.toFile()).get("outcomes");
        JsonNode cautious = outcomes.get(0).get("report");
        JsonNode eager = outcomes.get(1).get("report");
        assertThat(eager.get("stops").asLong()).isGreaterThan(cautious.get("stops").asLong());
        assertThat(eager.get("changes").asLong()).isPositive();
        assertThat(eager.get("unsteady").asLong()).as("a week between changes").isZero();
        assertThat(answer.out()).contains("bold.yaml: of all thresholds, stopping from");
        assertThat(outcomes.get(1).get("bestThreshold").asDouble())
                .as("stops in error cost nothing")
                .isBetween(0.3, 0.5);
        assertThat(outcomes.get(1).get("bestWorth").asDouble()).isPositive();
        assertThat(eager.get("dead").asLong()).isPositive();
        assertThat(eager.get("spendSaved").asDouble()).isPositive();
        assertThat(eager.get("spells").asLong()).isEqualTo(cautious.get("spells").asLong());
        assertThat(
                        eager.get("dead").asLong()
                                + eager.get("live").asLong()
                                + eager.get("open").asLong())
                .isEqualTo(eager.get("stops").asLong());
    }

    @Test
    void thresholdsAreTriedInTurn() {
        Listening<Answer> asked =
                Listening.during(
                        () -> Answer.to("what-if", job.toString(), "--thresholds", "0.2,0.5,0.8"));
        Answer answer = asked.result();

        asked.isOnLoopbackOnly().stays(0);

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("the job's, 0.2", "the job's, 0.5", "the job's, 0.8");
    }

    @Test
    void aMistypedPolicyIsOneLine() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "stop-over: 0.9\n");

        Answer unknown = Answer.to("what-if", job.toString(), "--policy", wrong.toString());
        Answer outside = Answer.to("what-if", job.toString(), "--thresholds", "1.5");

        unknown.isAMistakeWith("wrong.yaml", "stop-over");
        outside.isAMistakeWith("--thresholds: 1.5 is not allowed; it must be in (0, 1]");
    }
}
