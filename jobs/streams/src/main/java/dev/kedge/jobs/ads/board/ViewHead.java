// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What a view says of itself.
 *
 * @param topics ids of the topics that it was read from, by name
 * @param offsets where reading goes on
 * @param deadLetters refused events by reason
 */
record ViewHead(
        SortedMap<String, String> topics,
        SortedMap<TopicPartition, Long> offsets,
        SortedMap<String, Long> deadLetters) {
    private static final int VERSION = 1;
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    /** Of a view that has read nothing yet. */
    static final ViewHead EMPTY = new ViewHead(Map.of(), Map.of(), Map.of());

    ViewHead(
            Map<String, String> topics,
            Map<TopicPartition, Long> offsets,
            Map<String, Long> deadLetters) {
        this(new TreeMap<>(topics), sorted(offsets), new TreeMap<>(deadLetters));
    }

    private static SortedMap<TopicPartition, Long> sorted(Map<TopicPartition, Long> offsets) {
        SortedMap<TopicPartition, Long> sorted = new TreeMap<>(ORDER);
        sorted.putAll(offsets);
        return sorted;
    }

    byte[] toBytes() {
        BinaryWriter to = new BinaryWriter(512);
        to.putInt(topics.size());
        topics.forEach(
                (name, id) -> {
                    to.putUtf8(name);
                    to.putUtf8(id);
                });
        to.putInt(offsets.size());
        offsets.forEach(
                (partition, next) -> {
                    to.putUtf8(partition.topic());
                    to.putInt(partition.partition());
                    to.putLong(next);
                });
        to.putInt(deadLetters.size());
        deadLetters.forEach(
                (reason, count) -> {
                    to.putUtf8(reason);
                    to.putLong(count);
                });
        return Envelope.seal(Family.VIEW_HEAD, VERSION, to);
    }

    static ViewHead fromBytes(byte[] bytes) {
        BinaryReader from = Envelope.open(bytes, Family.VIEW_HEAD, VERSION);
        SortedMap<String, String> topics = new TreeMap<>();
        for (int left = from.getCount(); left > 0; left--) {
            topics.put(from.getUtf8(), from.getUtf8());
        }
        SortedMap<TopicPartition, Long> offsets = new TreeMap<>(ORDER);
        for (int left = from.getCount(); left > 0; left--) {
            offsets.put(new TopicPartition(from.getUtf8(), from.getInt()), from.getLong());
        }
        SortedMap<String, Long> deadLetters = new TreeMap<>();
        for (int left = from.getCount(); left > 0; left--) {
            deadLetters.put(from.getUtf8(), from.getLong());
        }
        from.requireEnd();
        return new ViewHead(topics, offsets, deadLetters);
    }
}
