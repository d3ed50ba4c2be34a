// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.kafka.Topics;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.kind.ChosenJob;
import dev.kedge.tests.chaos.Leftover;
import java.util.List;
import java.util.Optional;

/** A job that learns in this process, as {@code kedge run} lets it, and is fed part by part. */
record MovedJob(ChosenJob<?> job) {
    /** A job of a file, with its topics; what it writes has one order. */
    static MovedJob create(String yaml) {
        MovedJob moved = new MovedJob(Jobs.parse(yaml, "job"));
        try (Topics topics = moved.topics()) {
            moved.settings().topics().data().forEach(topic -> topics.create(topic, 1));
            topics.create(moved.settings().topics().control(), 1);
        }
        return moved;
    }

    JobSettings settings() {
        return job.settings();
    }

    private String servers() {
        return settings().kafka().bootstrapServers();
    }

    private Topics topics() {
        return Topics.connect(servers(), Patience.TIME);
    }

    /** More to learn from. */
    void play(List<SimulatedRecord> records) {
        try (RecordPlayer player =
                new RecordPlayer(
                        servers(),
                        settings().topics().inputs().get(0),
                        Pace.unthrottled(),
                        RecordPlayer.Progress.IGNORED)) {
            player.play(records.iterator());
        }
    }

    /**
     * Learns here from all there is, and stops as whoever ends {@code kedge run} lets it stop.
     *
     * @param from what it goes on from
     * @return what it left to go on from
     */
    String learnHere(Optional<String> from) {
        try (EmbeddedJob running = EmbeddedJob.start(job.job(), from)) {
            awaitAllRead();
            assertThat(running.failure()).isEmpty();
            running.stop();
        }
        return newest();
    }

    /** Waits until checkpoints hold all that there is. */
    void awaitAllRead() {
        try (Topics topics = topics()) {
            await("all is read")
                    .until(() -> topics.lag(settings().name(), settings().topics().inputs()) == 0);
        }
    }

    private String newest() {
        return Checkpoints.newest(settings().checkpointUri()).orElseThrow();
    }

    /** All that it left, with its newest checkpoint. */
    Leftover leftover() throws Exception {
        return Leftover.of(servers(), settings(), newest());
    }
}
