// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.DeadLetterSink;
import dev.kedge.connectors.kafka.TopicPartitions;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.threads.Daemons;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what a job writes, committed records only, on a thread of its own.
 *
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public final class OutputFeed<S, M> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long NEWEST = 500;
    private static final Duration END = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JobSettings settings;
    private final Reader<S, M> reader;
    private final Listener<S, M> listener;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Consumer<byte[]>> inputs = new TreeMap<>();
    private final List<Runnable> ends = new ArrayList<>();
    private Optional<Bookmark> bookmark = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    /**
     * Reads what a job writes.
     *
     * @param scores reads its scores
     * @param metrics reads its metrics
     * @param <S> type of the scores
     * @param <M> type of the metrics
     */
    public record Reader<S, M>(EventDecoder<S> scores, EventDecoder<M> metrics) {}

    /**
     * Hears of what was written. Called on the feed's thread.
     *
     * @param <S> type of the scores
     * @param <M> type of the metrics
     */
    public interface Listener<S, M> {
        /** A score. */
        void score(S score);

        /** Metrics. */
        void metrics(M metrics);

        /** A dead letter, with its reason. */
        void deadLetter(String reason);
    }

    /** Connects; {@link #start} and {@link #startAtEnd} begin to follow. */
    public OutputFeed(JobSettings settings, Reader<S, M> reader, Listener<S, M> listener) {
        this.settings = settings;
        this.reader = reader;
        this.listener = listener;
        // A bookmark from before what the topic still has must not skip to its end.
        consumer = CommittedRecords.consumerFromOldest(settings.kafka());
        thread = new Daemons("kedge-feed").newThread(this::follow);
    }

    /**
     * Will read a topic that the job reads, too: the newest records of it and those to come.
     *
     * @param listener hears of each value, on the feed's thread
     */
    public OutputFeed<S, M> alsoReading(String topic, Consumer<byte[]> listener) {
        inputs.put(topic, listener);
        return this;
    }

    /** Will do something when it has ended, on its thread: nobody hears of anything any more. */
    public OutputFeed<S, M> atEnd(Runnable end) {
        ends.add(end);
        return this;
    }

    /** Will go on where a bookmark lies, and move it after each batch of records. */
    public OutputFeed<S, M> from(Bookmark where) {
        bookmark = Optional.of(where);
        return this;
    }

    /**
     * Begins to follow, from the bookmark; without one, from the beginning of the job's topics and
     * from the newest records of the others.
     */
    public OutputFeed<S, M> start() {
        List<TopicPartition> partitions = assign();
        if (bookmark.isPresent()) {
            goOn(bookmark.get().offsets().get(), partitions);
        } else {
            consumer.seekToBeginning(
                    partitions.stream().filter(p -> !inputs.containsKey(p.topic())).toList());
            seekToNewest(partitions.stream().filter(p -> inputs.containsKey(p.topic())).toList());
        }
        thread.start();
        return this;
    }

    private void goOn(Map<TopicPartition, Long> offsets, List<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            if (offsets.containsKey(partition)) {
                consumer.seek(partition, offsets.get(partition));
            } else {
                consumer.seekToBeginning(List.of(partition));
            }
        }
    }

    /** Begins to follow what is written from now on. */
    public OutputFeed<S, M> startAtEnd() {
        List<TopicPartition> partitions = assign();
        consumer.seekToEnd(partitions);
        // Seeking is lazy: asking for the position pins what "now" is.
        partitions.forEach(consumer::position);
        thread.start();
        return this;
    }

    private void seekToNewest(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        consumer.endOffsets(partitions)
                .forEach(
                        (partition, end) ->
                                consumer.seek(
                                        partition, Math.max(first.get(partition), end - NEWEST)));
    }

    private void follow() {
        try {
            while (!closed.get()) {
                poll();
            }
        } catch (WakeupException | InterruptException e) {
            LOG.debug("feed ends", e);
        } finally {
            consumer.close(CloseOptions.timeout(END));
            ends.forEach(Runnable::run);
        }
    }

    private List<TopicPartition> assign() {
        List<TopicPartition> partitions = new ArrayList<>();
        List<String> topics = new ArrayList<>(inputs.keySet());
        topics.add(settings.topics().scores());
        topics.add(settings.topics().metrics());
        topics.add(settings.topics().deadLetters());
        for (String topic : topics) {
            partitions.addAll(TopicPartitions.of(consumer, topic));
        }
        consumer.assign(partitions);
        return partitions;
    }

    private void poll() {
        try {
            ConsumerRecords<byte[], byte[]> entries = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> entry : entries) {
                hand(entry);
            }
            if (!entries.isEmpty()) {
                bookmark.ifPresent(mark -> mark.keep().accept(positions()));
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("the feed could not read; it tries again", e);
            pause();
        }
    }

    private Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        consumer.assignment().forEach(p -> positions.put(p, consumer.position(p)));
        return positions;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hand(ConsumerRecord<byte[], byte[]> entry) {
        try {
            if (inputs.containsKey(entry.topic())) {
                if (entry.value() != null) {
                    inputs.get(entry.topic()).accept(entry.value());
                }
            } else if (entry.topic().equals(settings.topics().scores())) {
                listener.score(reader.scores().decode(entry.value()));
            } else if (entry.topic().equals(settings.topics().metrics())) {
                listener.metrics(reader.metrics().decode(entry.value()));
            } else {
                listener.deadLetter(reason(entry));
            }
        } catch (UndecodableException e) {
            LOG.warn(
                    "{}-{}@{} is not what a job writes: {}",
                    entry.topic(),
                    entry.partition(),
                    entry.offset(),
                    e.getMessage());
        }
    }

    private static String reason(ConsumerRecord<byte[], byte[]> entry) {
        Header header = entry.headers().lastHeader(DeadLetterSink.REASON);
        return header == null ? "unknown" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.set(true);
        consumer.wakeup();
        try {
            thread.join(END.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
