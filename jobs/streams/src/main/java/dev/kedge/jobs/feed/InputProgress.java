// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.kafka.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Whether a job reads what comes. Records that wait are no sign of standstill by themselves, since
 * the marks that end a transaction are never read: only that more and more of them wait is.
 */
final class InputProgress {
    private final Duration patience;
    private final Clock clock;
    private Instant since;
    private long read = -1;
    private long unread;

    InputProgress(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
        this.since = clock.instant();
    }

    /** Returns what is wrong, in one line; empty while records are read, or none come. */
    Optional<String> look(Collection<Topics.Place> places) {
        long nowRead = places.stream().mapToLong(place -> place.read().orElse(0)).sum();
        long nowUnread = places.stream().mapToLong(Topics.Place::unread).sum();
        Instant now = clock.instant();
        if (nowRead != read || nowUnread <= unread) {
            since = now;
            read = nowRead;
            unread = nowUnread;
            return Optional.empty();
        }
        Duration still = Duration.between(since, now);
        return still.compareTo(patience) > 0
                ? Optional.of(
                        format(
                                "records come and none is read: %d more wait than %d s ago",
                                nowUnread - unread, still.toSeconds()))
                : Optional.empty();
    }
}
