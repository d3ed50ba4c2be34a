// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading starts without a checkpoint: where the group has committed, or at the beginning of
 * a partition of which it has committed nothing. A place that is no longer there is refused, unless
 * what is lost may be skipped: Kafka's client would go on at the beginning without a word.
 */
@SuppressWarnings("deprecation") // The connector asks for an enum that the Kafka client retires.
final class StartingPlaces implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private final boolean skipsLost;

    StartingPlaces(boolean skipsLost) {
        this.skipsLost = skipsLost;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
        Map<TopicPartition, Long> places = new HashMap<>(broker.beginningOffsets(partitions));
        broker.committedOffsets(partitions)
                .forEach(
                        (partition, offset) -> {
                            if (offset != null) {
                                places.put(partition, offset);
                            }
                        });
        return places;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return skipsLost ? OffsetResetStrategy.EARLIEST : OffsetResetStrategy.NONE;
    }
}
