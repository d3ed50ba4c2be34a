// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.highavailability.ClientHighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.apache.flink.runtime.webmonitor.retriever.LeaderRetriever;

/** Which of several job managers leads, as their ZooKeeper knows. */
final class Leader {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Leader() {}

    /**
     * Where the REST interface of the one that leads is.
     *
     * @return empty if nobody could say so within twenty seconds
     */
    static Optional<URI> of(Configuration flink) {
        try (ClientHighAvailabilityServices services =
                HighAvailabilityServicesUtils.createClientHAService(flink, error -> {})) {
            LeaderRetrievalService retrieval = services.getClusterRestEndpointLeaderRetriever();
            LeaderRetriever leader = new LeaderRetriever();
            retrieval.start(leader);
            try {
                return Optional.of(
                        URI.create(
                                leader.getLeaderFuture()
                                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                                        .f0));
            } finally {
                retrieval.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (Exception e) {
            // The line of who leads is left out: all else is told without it.
            return Optional.empty();
        }
    }
}
