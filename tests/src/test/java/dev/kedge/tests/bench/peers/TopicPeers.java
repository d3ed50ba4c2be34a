// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.tests.bench.job.SharedTopic;
import dev.kedge.tests.bench.job.SharedTopic.Topic;
import dev.kedge.tests.bench.peers.Vectors.Vector;
import dev.kedge.tests.bench.report.Findings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kedge's whole job, which writes scores and checkpoints, beside learners in a bare consumer loop
 * on the same topic, which do neither: after a crash they begin anew.
 */
final class TopicPeers {
    private static final long SEED = 21;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Findings findings;

    TopicPeers(Findings findings) {
        this.findings = findings;
    }

    void run(int samples, Path folder) {
        List<byte[]> values = Vectors.draw(samples, SEED).stream().map(Vector::json).toList();
        new SharedTopic(findings, folder)
                .measure(KedgeLearner.yaml("hpcr"), Vectors.MODEL, values, this::others);
    }

    private void others(Topic topic) {
        StreamPeers.learners().forEach((name, learner) -> loop(name, learner, topic));
    }

    private void loop(String name, Supplier<Learner> make, Topic topic) {
        try (Learner learner = make.get();
                KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            Samples samples = new Samples(consumer);
            Cost cost = Cost.of(topic.records(), n -> learner.take(samples.next(n)));
            Findings.Place place =
                    new Findings.Place(
                            name, "topic", "bare consumer loop, no scores, no state kept");
            cost.tell(findings, place, "samples", "accuracy, each tested before it is learned");
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Topic topic) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                topic.servers(),
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partition = List.of(new TopicPartition(topic.name(), 0));
        consumer.assign(partition);
        consumer.seekToBeginning(partition);
        return consumer;
    }

    /** The samples of a topic, one after the other. */
    private static final class Samples {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final SampleJson json =
                new SampleJson(
                        new ClassifierSettings.Input(Vectors.WIDTH, new ImageShape(1, 28, 28)));

        private Iterator<ConsumerRecord<byte[], byte[]>> polled =
                List.<ConsumerRecord<byte[], byte[]>>of().iterator();

        Samples(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        Vector next(int number) {
            while (!polled.hasNext()) {
                polled = consumer.poll(POLL).iterator();
            }
            return vector(polled.next().value(), number);
        }

        private Vector vector(byte[] value, int number) {
            try {
                Sample sample = (Sample) json.decode(value);
                String label = sample.label().orElseThrow();
                float[] features = new float[Vectors.WIDTH];
                ByteBuffer.wrap(sample.input())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(features);
                return new Vector(features, Vectors.label(label), number);
            } catch (UndecodableException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
