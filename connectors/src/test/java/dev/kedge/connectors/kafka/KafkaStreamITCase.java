// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.Samples;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.kafka.testing.TopicReader;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.stream.Incoming;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaStreamITCase {

    @Test
    void eventsBecomeScoresAndTheRestDeadLetters() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            createTopics(broker);
            byte[] bad = "{\"type\":\"launched\"}".getBytes(UTF_8);
            produce(broker, CreativeEventJson.encode(Samples.launched()), bad, null);

            run(broker);

            ConsumerRecord<byte[], byte[]> score = TopicReader.records(broker, "scores", 1).get(0);
            assertThat(new String(score.key(), UTF_8)).isEqualTo("m\\|1|c|1");
            assertThat(score.value())
                    .isEqualTo(RecordJson.of(CreativeScore.class).encode(Samples.score()));
            assertThat(TopicReader.records(broker, "metrics", 1).get(0).key())
                    .isEqualTo(bytes("m"));
            assertDeadLetters(TopicReader.records(broker, "dead", 2), bad);
        }
    }

    private static void assertDeadLetters(
            List<ConsumerRecord<byte[], byte[]>> letters, byte[] bad) {
        Map<String, String> invalid = headers(letters.get(0));
        assertThat(letters).hasSize(2);
        assertThat(letters.get(0).value()).isEqualTo(bad);
        assertThat(letters.get(0).key()).isEqualTo(bytes("events|0|1"));
        assertThat(invalid)
                .containsEntry(DeadLetterSink.REASON, "invalid")
                .containsEntry(DeadLetterSink.TOPIC, "events")
                .containsEntry(DeadLetterSink.PARTITION, "0")
                .containsEntry(DeadLetterSink.OFFSET, "1")
                .containsKey(DeadLetterSink.TIMESTAMP);
        assertThat(invalid.get(DeadLetterSink.MESSAGE)).contains("is missing");
        assertThat(letters.get(1).value()).isEmpty();
        assertThat(headers(letters.get(1))).containsEntry(DeadLetterSink.REASON, "unreadable");
    }

    private static void run(EmbeddedBroker broker) throws Exception {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.createLocalEnvironment(1, settings);
        flink.enableCheckpointing(500);
        SingleOutputStreamOperator<Incoming<CreativeEvent>> events =
                source(broker).stream(flink, "events")
                        .rebalance()
                        .process(new DecodeEvents<>(new CreativeEventJson()))
                        .returns(StreamTypes.INCOMING_CREATIVE);
        events.getSideOutput(DecodeEvents.DEAD_LETTERS)
                .sinkTo(DeadLetterSink.to(output(broker, "dead").build()));
        SingleOutputStreamOperator<CreativeScore> scores =
                events.rebalance()
                        .map(event -> Samples.score())
                        .returns(StreamTypes.CREATIVE_SCORE);
        scores.sinkTo(
                output(broker, "scores")
                        .exactlyOnce("test", Duration.ofMinutes(10))
                        .build()
                        .json(CreativeScore.class, ResultKeys::of));
        scores.rebalance()
                .map(score -> Samples.metrics())
                .returns(StreamTypes.MODEL_METRICS)
                .sinkTo(
                        output(broker, "metrics")
                                .build()
                                .json(ModelMetrics.class, ModelMetrics::model));
        flink.execute();
    }

    private static KafkaTopicSource source(EmbeddedBroker broker) {
        return KafkaTopicSource.builder()
                .bootstrapServers(broker.bootstrapServers())
                .group("test")
                .topics("events")
                .bounded()
                .build();
    }

    private static KafkaOutput.Builder output(EmbeddedBroker broker, String topic) {
        return KafkaOutput.builder().bootstrapServers(broker.bootstrapServers()).topic(topic);
    }

    private static void createTopics(EmbeddedBroker broker) {
        try (Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
            for (String name : List.of("events", "scores", "metrics", "dead")) {
                topics.create(name, 1);
            }
        }
    }

    private static void produce(EmbeddedBroker broker, byte[]... values) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>("events", value)).get();
            }
        }
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> letter) {
        return Arrays.stream(letter.headers().toArray())
                .collect(
                        Collectors.toMap(
                                header -> header.key(),
                                header -> new String(header.value(), UTF_8)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
