// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;
import java.util.Objects;

/**
 * Where a record came from.
 *
 * @param topic Kafka topic
 * @param partition partition in the topic
 * @param offset offset in the partition
 * @param timestamp the broker's or producer's timestamp, epoch milliseconds
 */
@PublicApi
public record Origin(String topic, int partition, long offset, long timestamp) {
    /** Checks that nothing is missing. */
    public Origin {
        Objects.requireNonNull(topic, "topic");
    }
}
