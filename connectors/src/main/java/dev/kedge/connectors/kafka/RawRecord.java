// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.operators.stream.Origin;
import dev.kedge.state.flink.RecordType;
import java.util.Objects;

/**
 * A Kafka record as it lies in its topic.
 *
 * @param origin topic, partition, offset and timestamp
 * @param key the key's bytes, empty if it has none; not copied
 * @param value the value's bytes, empty for a tombstone; not copied
 * @param tombstone whether the record has no value at all
 */
public record RawRecord(Origin origin, byte[] key, byte[] value, boolean tombstone) {
    /** How Flink carries it. */
    public static final RecordType<RawRecord> TYPE = RecordType.forRecord(RawRecord.class);

    /** Checks that nothing is missing. */
    public RawRecord {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }
}
