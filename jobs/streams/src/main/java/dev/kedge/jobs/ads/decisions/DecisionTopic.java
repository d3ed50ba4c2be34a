// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.kafka.TopicPartitions;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.CommittedRecords;
import dev.kedge.jobs.threads.Daemons;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decisions in a topic: written by an idempotent producer that waits for all replicas, and read
 * back from the topic's beginning on a thread of its own, so that every dashboard of a job shows
 * the same, in the same order.
 */
public final class DecisionTopic implements DecisionBook {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionTopic.class);
    private static final RecordJson<Decision> JSON = RecordJson.of(Decision.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration END = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final int LEAST_MILLIS = 1000;

    /** Whoever else writes to the topic is trusted, but not with the memory of the dashboard. */
    private static final int MOST_BYTES = 32 * 1024;

    private final String topic;
    private final Duration patience;
    private final DecisionLog log;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private Map<TopicPartition, Long> before = new HashMap<>();
    private long looked;
    private volatile boolean loaded;

    private DecisionTopic(JobSettings.Kafka kafka, String topic, DecisionLog log) {
        this.topic = topic;
        this.patience = kafka.timeout();
        this.log = log;
        producer =
                new KafkaProducer<>(
                        writing(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        consumer = CommittedRecords.consumerFromOldest(kafka);
        thread = new Daemons("kedge-decisions").newThread(this::follow);
    }

    /**
     * Begins to read a topic from its beginning.
     *
     * @param log is told what is read
     */
    public static DecisionTopic open(JobSettings.Kafka kafka, String topic, DecisionLog log) {
        DecisionTopic opened = new DecisionTopic(kafka, topic, log);
        opened.thread.start();
        return opened;
    }

    private static Properties writing(JobSettings.Kafka kafka) {
        int millis = (int) Math.max(LEAST_MILLIS, Math.min(kafka.timeout().toMillis(), 60_000));
        Properties client = kafka.client();
        client.put(ProducerConfig.ACKS_CONFIG, "all");
        client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        client.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        client.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        client.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Integer.toString(millis));
        client.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(millis));
        client.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(millis));
        return client;
    }

    @Override
    public boolean loaded() {
        return loaded;
    }

    @Override
    public void append(Decision decision) {
        String key = ResultKeys.of(decision.model(), decision.creative());
        byte[] value = JSON.encode(decision);
        try {
            producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get(2 * patience.toMillis() + LEAST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost("the dashboard ends", e);
        } catch (ExecutionException e) {
            throw lost(reason(e.getCause()), e);
        } catch (TimeoutException | KafkaException | IllegalStateException e) {
            throw lost(reason(e), e);
        }
    }

    private String reason(Throwable e) {
        boolean slow =
                e instanceof TimeoutException
                        || e instanceof org.apache.kafka.common.errors.TimeoutException;
        return slow
                ? "the brokers did not acknowledge it within " + StrictYaml.word(patience)
                : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private DecisionLostException lost(String why, Throwable e) {
        LOG.warn("a decision was not written to {}", topic, e);
        return new DecisionLostException(
                "The decision is not known to be in "
                        + topic
                        + ": "
                        + why
                        + "; look before you decide again",
                e);
    }

    private void follow() {
        try {
            while (!closed.get()) {
                poll();
            }
        } catch (WakeupException | InterruptException e) {
            LOG.debug("reading of decisions ends", e);
        } finally {
            consumer.close(CloseOptions.timeout(END));
        }
    }

    private void poll() {
        try {
            look();
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            records.forEach(this::take);
            loaded = loaded || isBehindNothing();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("decisions could not be read; it is tried again", e);
            pause();
        }
    }

    /** Partitions may be added while the dashboard runs; they are read from their beginning. */
    private void look() {
        boolean first = consumer.assignment().isEmpty();
        if (!first && System.nanoTime() - looked < LOOK.toNanos()) {
            return;
        }
        List<TopicPartition> all = TopicPartitions.of(consumer, topic);
        List<TopicPartition> added = new ArrayList<>(all);
        added.removeAll(consumer.assignment());
        if (!added.isEmpty()) {
            Map<TopicPartition, Long> places = new HashMap<>();
            consumer.assignment().forEach(p -> places.put(p, consumer.position(p)));
            consumer.assign(all);
            places.forEach(consumer::seek);
            consumer.seekToBeginning(added);
        }
        if (first) {
            before = new HashMap<>(consumer.endOffsets(all));
        }
        looked = System.nanoTime();
    }

    private boolean isBehindNothing() {
        before.entrySet().removeIf(one -> consumer.position(one.getKey()) >= one.getValue());
        return before.isEmpty();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || record.value().length > MOST_BYTES) {
            LOG.warn(
                    "{}-{}@{} is no decision: it must have at most {} bytes, and some",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    MOST_BYTES);
            return;
        }
        try {
            log.accept(JSON.decode(record.value()));
        } catch (UndecodableException e) {
            LOG.warn(
                    "{}-{}@{} is no decision: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.set(true);
        consumer.wakeup();
        producer.close(END);
        try {
            thread.join(END.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
