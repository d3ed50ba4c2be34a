// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import static dev.kedge.state.text.Text.format;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Notices topics of a job that are deleted, made anew or grow while it runs. One that is read and
 * is gone cannot come back: its places mean nothing in another. One that is written may be made
 * anew within a time. Not thread-safe.
 */
public final class TopicChanges {
    // Brokers that were just started may not know all topics yet.
    private static final int LOOKS = 2;

    private final Set<String> read;
    private final Set<String> written;
    private final Duration patience;
    private final Clock clock;
    private final Consumer<String> told;
    private final Map<String, Topics.Description> known = new TreeMap<>();
    private final Map<String, Integer> missed = new HashMap<>();
    private final Map<String, Instant> goneSince = new TreeMap<>();

    /**
     * What a look has found.
     *
     * @param warning what is wrong now, in one line; empty if nothing is
     * @param end why the job cannot go on; empty if it can
     */
    public record Finding(Optional<String> warning, Optional<String> end) {}

    /**
     * Watches topics.
     *
     * @param read those that are read
     * @param written those that are written
     * @param patience how long one that is written may be gone
     * @param told hears, in lines, of what changed without harm
     */
    public TopicChanges(
            Set<String> read,
            Set<String> written,
            Duration patience,
            Clock clock,
            Consumer<String> told) {
        this.read = new TreeSet<>(read);
        this.written = new TreeSet<>(written);
        this.patience = patience;
        this.clock = clock;
        this.told = told;
    }

    /** All of them. */
    public Set<String> names() {
        Set<String> all = new TreeSet<>(read);
        all.addAll(written);
        return all;
    }

    /** Compares with what is there now; the first look is what all others are compared with. */
    public Finding look(Map<String, Topics.Description> present) {
        for (String topic : names()) {
            missed.merge(topic, 1, (before, one) -> present.containsKey(topic) ? 0 : before + one);
            if (present.containsKey(topic)) {
                missed.put(topic, 0);
            }
        }
        return end(present)
                .map(why -> new Finding(Optional.of(why), Optional.of(why)))
                .orElseGet(() -> new Finding(change(present), Optional.empty()));
    }

    private Optional<String> end(Map<String, Topics.Description> present) {
        for (String topic : read) {
            if (gone(topic)) {
                return Optional.of("topic " + topic + ", which the job reads, was deleted");
            }
            if (isAnother(topic, present)) {
                return Optional.of(
                        "topic "
                                + topic
                                + ", which the job reads, was deleted and made anew: the places that the job keeps mean nothing in it; start with --fresh");
            }
        }
        Instant limit = clock.instant().minus(patience);
        return goneSince.entrySet().stream()
                .filter(entry -> gone(entry.getKey()) && !entry.getValue().isAfter(limit))
                .map(
                        entry ->
                                format(
                                        "topic %s, which the job writes, has been gone since %s; create it again",
                                        entry.getKey(), entry.getValue()))
                .findFirst();
    }

    private Optional<String> change(Map<String, Topics.Description> present) {
        List<String> gone = new ArrayList<>();
        for (String topic : names()) {
            Topics.Description now = present.get(topic);
            if (now != null) {
                note(topic, now);
            } else if (gone(topic) && written.contains(topic)) {
                goneSince.putIfAbsent(topic, clock.instant());
                gone.add(topic);
            }
        }
        return gone.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "no topic "
                                + String.join(", ", gone)
                                + ": nothing can be written to it; create it again, or the run ends");
    }

    private void note(String topic, Topics.Description now) {
        goneSince.remove(topic);
        Topics.Description before = known.put(topic, now);
        if (before == null) {
            return;
        }
        if (!before.id().equals(now.id())) {
            told.accept("Topic " + topic + " was made anew; what was in it before is gone");
        } else if (before.partitions() != now.partitions()) {
            told.accept(
                    format(
                            "Topic %s has %d partitions now (%d before)",
                            topic, now.partitions(), before.partitions()));
        }
    }

    private boolean gone(String topic) {
        return missed.getOrDefault(topic, 0) >= LOOKS;
    }

    private boolean isAnother(String topic, Map<String, Topics.Description> present) {
        Topics.Description before = known.get(topic);
        Topics.Description now = present.get(topic);
        return before != null && now != null && !before.id().equals(now.id());
    }
}
