// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.simulator;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.operators.ads.creative.CreativeEvent;
import java.util.Objects;

/**
 * A record to be played onto a topic.
 *
 * @param key the model
 * @param value the event as JSON, or bytes that are broken on purpose; not copied
 * @param at event time, epoch milliseconds
 * @param arrivesAt when it reaches the topic, in event time; at or after {@code at}
 * @param kind whether anything is wrong with it
 * @param topic where it goes, or the empty text for the player's own topic
 */
public record SimulatedRecord(
        String key, byte[] value, long at, long arrivesAt, Kind kind, String topic) {
    /** Checks that nothing is missing. */
    public SimulatedRecord {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(topic, "topic");
    }

    /** A record for the player's own topic. */
    public SimulatedRecord(String key, byte[] value, long at, long arrivesAt, Kind kind) {
        this(key, value, at, arrivesAt, kind, "");
    }

    /** An event that arrives the moment it happens. */
    public static SimulatedRecord of(CreativeEvent event) {
        return of(event, event.at(), Kind.REGULAR);
    }

    static SimulatedRecord of(CreativeEvent event, long arrivesAt, Kind kind) {
        return new SimulatedRecord(
                event.model(), CreativeEventJson.encode(event), event.at(), arrivesAt, kind);
    }

    public SimulatedRecord again(long later) {
        return new SimulatedRecord(key, value, at, later, Kind.DUPLICATE, topic);
    }

    /** What is wrong with a record. */
    public enum Kind {
        /** Nothing: in time and sound. */
        REGULAR,
        /** It arrives after events that happened later. */
        LATE,
        /** It came before, with the same bytes. */
        DUPLICATE,
        /** It cannot be used: it must become a dead letter. */
        BROKEN
    }
}
