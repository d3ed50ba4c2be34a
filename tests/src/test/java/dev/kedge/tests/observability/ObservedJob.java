// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.command.cluster.Ports;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.EmbeddedJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** An ad job as {@code kedge run} runs it, with metrics, that has learned and has checkpoints. */
final class ObservedJob implements AutoCloseable {
    private final EmbeddedBroker broker;
    private final EmbeddedJob job;
    private final int port;
    private OptionalDouble processed = OptionalDouble.empty();

    ObservedJob(Path folder) throws IOException {
        port = Ports.free();
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        String yaml =
                """
                name: observed
                kafka: {bootstrap-servers: '%s', timeout: 1 min}
                checkpoints: {every: 300 ms, directory: '%s'}
                delivery: at-once
                dashboard: {enabled: false}
                discontinuation: {learning: {batch: 16}}
                metrics: {enabled: true, port: %d}
                """
                        .formatted(broker.bootstrapServers(), folder.resolve("state"), port);
        DiscontinuationFile settings =
                StrictYaml.parse(
                        yaml, DiscontinuationFile.DEFAULT, DiscontinuationFile.class, "observed");
        LocalTopics.create(settings);
        job = EmbeddedJob.start(new DiscontinuationJob(settings), Optional.empty());
        MarketConfig market =
                MarketConfig.DEFAULT
                        .withSeed(7)
                        .withStart(Instant.parse("2015-01-01T00:00:00Z"))
                        .withSize(2, 1, 60);
        try (RecordPlayer player =
                new RecordPlayer(
                        broker.bootstrapServers(),
                        settings.topics().inputs().get(0),
                        Pace.unthrottled(),
                        RecordPlayer.Progress.IGNORED)) {
            player.play(new MarketSimulator(market));
        }
    }

    /** Where its metrics are: host and port. */
    String address() {
        return "localhost:" + port;
    }

    Scrape scrape() throws IOException, InterruptedException {
        return Scrape.of(URI.create("http://" + address() + "/metrics"));
    }

    /** Its metrics once it has said how it does, after a checkpoint. */
    Scrape settled() {
        return await().atMost(Patience.TIME)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            assertThat(job.failure()).isEmpty();
                            return scrape();
                        },
                        this::isSettled);
    }

    /** Nothing is counted any more while it is asked. */
    private boolean isSettled(Scrape scrape) {
        OptionalDouble before = processed;
        processed = scrape.sum("flink_taskmanager_job_task_operator_kedge_recordsProcessed");
        return processed.equals(before)
                && scrape.sum("flink_jobmanager_job_lastCheckpointCompletedTimestamp").orElse(0) > 0
                && scrape.lines().stream()
                        .anyMatch(
                                one ->
                                        one.name().endsWith("_kedge_figure_prequential")
                                                && !Double.isNaN(one.value()))
                && scrape.labels()
                        .containsKey("flink_taskmanager_job_task_operator_pendingRecords");
    }

    @Override
    public void close() {
        job.close();
        broker.close();
    }
}
