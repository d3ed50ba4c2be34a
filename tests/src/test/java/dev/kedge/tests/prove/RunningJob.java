// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import static dev.kedge.state.text.Text.format;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.submit.NamedJobs;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.tests.chaos.ConsumedRecords;
import dev.kedge.tests.chaos.JobProgress;
import dev.kedge.tests.chaos.Lead;
import dev.kedge.tests.chaos.Leftover;
import dev.kedge.tests.chaos.SubmittedJob;
import java.nio.file.Path;
import java.time.Duration;

/** A job of a name that runs on a cluster, under whichever number. */
final class RunningJob implements AutoCloseable {
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(300);

    private final FlinkRest rest;
    private final JobSettings settings;
    private final ConsumedRecords consumed;
    private final String servers;
    private long recoveries;

    RunningJob(FlinkRest rest, JobSettings settings, String input, Lead lead) {
        this.rest = rest;
        this.settings = settings;
        this.servers = settings.kafka().bootstrapServers();
        this.consumed = new ConsumedRecords(servers, settings.name(), input, lead);
    }

    String name() {
        return settings.name();
    }

    /** How often it was restored while it ran, submissions not counted. */
    long recoveries() {
        return recoveries;
    }

    private SubmittedJob job() {
        return new SubmittedJob(rest.client(), new NamedJobs(rest).running(name()).getJobId());
    }

    /**
     * How far it is.
     *
     * @param recoveries of this submission
     * @param records that complete checkpoints cover
     */
    record Milestone(long recoveries, long records) {
        static final Milestone START = new Milestone(-1, 0);
    }

    Milestone milestone() throws Exception {
        return new Milestone(progress().recoveries(), consumed.count());
    }

    /** Waits until it runs, and has remembered more than it was restored with. */
    private JobProgress progress() {
        return await(name() + " runs")
                .atMost(Patience.TIME)
                .pollInterval(LOOK)
                .until(() -> job().progress(), JobProgress::cameOn);
    }

    /** Waits until it has remembered more records than then. */
    void awaitMore(long records) {
        await(name() + " comes on")
                .atMost(Patience.TIME)
                .pollInterval(LOOK)
                .until(() -> job().progress().cameOn() && consumed.count() > records);
    }

    /** Waits until it was restored since, and has remembered more records than then. */
    void awaitRecovery(Milestone since) {
        await(name() + " is restored and comes on")
                .atMost(Patience.TIME)
                .pollInterval(LOOK)
                .until(
                        () -> {
                            JobProgress progress = job().progress();
                            return progress.recoveries() > since.recoveries()
                                    && progress.cameOn()
                                    && consumed.count() > since.records();
                        });
        recoveries += progress().recoveries() - since.recoveries();
    }

    /** Waits until it has remembered all. */
    void awaitAll(long records) {
        await(format("%s has learned from %,d records", name(), records))
                .atMost(LONG_PATIENCE)
                .pollInterval(LOOK)
                .until(() -> job().progress().running() && consumed.count() == records);
    }

    /** Fails if it was restored. */
    void requireUndisturbed() {
        if (progress().recoveries() > 0) {
            throw new IllegalStateException(name() + " should have been left in peace");
        }
    }

    /** Stops it, and says what it left. */
    Leftover end(Path folder) throws Exception {
        String savepoint = job().stopWithSavepoint(folder.resolve(name()));
        return Leftover.of(servers, settings, savepoint);
    }

    @Override
    public void close() {
        consumed.close();
    }
}
