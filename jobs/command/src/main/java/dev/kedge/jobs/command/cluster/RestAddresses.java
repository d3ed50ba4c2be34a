// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.runtime.highavailability.ClientHighAvailabilityServices;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;

/**
 * Which of several job managers Flink's client asks. All of them answer for the one that leads:
 * only one that cannot be reached is left for the next.
 */
final class RestAddresses implements ClientHighAvailabilityServices, LeaderRetrievalService {
    private final List<URI> all;
    private Optional<LeaderRetrievalListener> client = Optional.empty();
    private int current;

    RestAddresses(List<URI> all) {
        this.all = List.copyOf(all);
    }

    List<URI> all() {
        return all;
    }

    /** The one that is asked. */
    synchronized URI current() {
        return all.get(current);
    }

    /** The one that is asked cannot be reached. */
    synchronized void next() {
        current = (current + 1) % all.size();
        client.ifPresent(this::tell);
    }

    @Override
    public LeaderRetrievalService getClusterRestEndpointLeaderRetriever() {
        return this;
    }

    @Override
    public synchronized void start(LeaderRetrievalListener listener) {
        client = Optional.of(listener);
        tell(listener);
    }

    private void tell(LeaderRetrievalListener listener) {
        listener.notifyLeaderAddress(current().toString(), UUID.randomUUID());
    }

    @Override
    public synchronized void stop() {
        client = Optional.empty();
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
