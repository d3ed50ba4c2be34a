// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import dev.kedge.state.text.Text;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds out whether what answers is a Flink that suits, and waits while its job managers choose the
 * one that leads.
 *
 * @param rest the cluster
 * @param waiting how to wait
 */
record FirstContact(FlinkRest rest, Waiting waiting) {
    /** The Flink that Kedge's jobs are built for. */
    private static final String VERSION = "2.2";

    /** The session of one that died has to end before another one leads: 60 s, as Flink has it. */
    private static final Duration ELECTION = Duration.ofSeconds(90);

    /**
     * Waits for it.
     *
     * @throws ClusterException if nobody answers, or what answers is no Flink, or another one, or
     *     none leads
     */
    void require() {
        Optional<String> version = waiting.until(ELECTION, this::version);
        String flink = version.orElseThrow(this::leaderless);
        if (!flink.startsWith(VERSION + ".")) {
            throw new ClusterException(
                    rest.address()
                            + ": is Flink "
                            + flink
                            + "; the jobs of Kedge need Flink "
                            + VERSION);
        }
        if (waiting.until(ELECTION, rest::overview).isEmpty()) {
            throw leaderless();
        }
    }

    /** Empty while none leads. */
    private Optional<String> version() {
        for (URI address : rest.addresses()) {
            try {
                return Optional.of(rest.version().orElseThrow(() -> noFlink(address)));
            } catch (ClusterException e) {
                Throwable reason = e.getCause() == null ? e : e.getCause();
                if (RestReason.isElection(reason)) {
                    return Optional.empty();
                }
                if (!RestReason.isUnreachable(reason)) {
                    throw noFlink(rest.address());
                }
                if (rest.addresses().size() == 1) {
                    throw e;
                }
            }
        }
        throw new ClusterException(named() + ": nobody answers");
    }

    private static ClusterException noFlink(URI address) {
        return new ClusterException(
                address
                        + ": what answers there is no job manager of Flink; its REST port is 8081, as a rule");
    }

    private ClusterException leaderless() {
        return new ClusterException(
                Text.format(
                        "%s: no job manager leads the cluster, for %d s now; the logs of the job managers say why",
                        named(), ELECTION.toSeconds()));
    }

    private String named() {
        return rest.addresses().stream().map(URI::toString).collect(Collectors.joining(", "));
    }
}
