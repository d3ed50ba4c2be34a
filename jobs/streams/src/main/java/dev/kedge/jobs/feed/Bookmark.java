// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a feed goes on after a restart.
 *
 * @param offsets next offset of each partition that was read before; asked once, at the start
 * @param keep told the next offset of every partition after each batch of records, on the feed's
 *     thread, once the listener has heard of them
 */
public record Bookmark(
        Supplier<Map<TopicPartition, Long>> offsets, Consumer<Map<TopicPartition, Long>> keep) {}
