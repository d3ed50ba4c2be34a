// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.decisions.Decision;
import dev.kedge.jobs.feed.LocalTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people decide, over a real broker: written, read back after a restart, and by others. */
class DecisionTopicITCase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TOPIC = "decided";

    private EmbeddedBroker broker;
    private DiscontinuationFile settings;

    @TempDir private Path folder;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start();
        settings =
                DiscontinuationFile.DEFAULT
                        .local(broker.bootstrapServers(), folder.resolve("checkpoints"))
                        .with("topics.decisions", TOPIC)
                        .with("kafka.timeout", Duration.ofSeconds(2));
        LocalTopics.create(settings);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private DecidedMarket dashboard(String view) {
        return new DecidedMarket(settings, folder.resolve(view));
    }

    @Test
    void aDecisionArrivesOnTheTopicAndIsThereAfterARestart() throws Exception {
        String id;
        try (DecidedMarket first = dashboard("first")) {
            HttpResponse<String> answer = decide(first, "'kind':'stop','reason':'too dear'");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            id = JSON.readTree(answer.body()).get("id").asText();
            assertThat(trail(first).findValuesAsText("id")).as("read back").contains(id);
        }

        List<ConsumerRecord<byte[], byte[]>> records = records(1);
        Decision written = RecordJson.of(Decision.class).decode(records.get(0).value());
        assertThat(new String(records.get(0).key(), UTF_8)).isEqualTo("search-ads|cr-1003");
        assertThat(written.id()).isEqualTo(id);
        assertThat(written.kind()).isEqualTo(Decision.Kind.STOP);
        assertThat(written.reason()).isEqualTo("too dear");
        assertThat(written.seen().horizons()).hasSize(3);

        try (DecidedMarket second = dashboard("first")) {
            awaitTrail(second, id);
            decide(second, "'kind':'undo','undoes':'" + id + "'");
            assertThat(trail(second).findValuesAsText("kind")).containsExactly("undo", "stop");
        }
        assertThat(records(2)).as("nothing is deleted").hasSize(2);
    }

    @Test
    void severalDashboardsAgree() throws Exception {
        try (DecidedMarket one = dashboard("one");
                DecidedMarket other = dashboard("other")) {
            String first = id(decide(one, "'kind':'keep'"));
            awaitTrail(other, first);
            String second = id(decide(other, "'kind':'note','reason':'asked'"));
            awaitTrail(one, second);

            assertThat(trail(one)).isEqualTo(trail(other)).hasSize(2);
        }
    }

    @Test
    void whatIsNoDecisionIsPassedOver() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings.kafka().client(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (String value : List.of("{}", "no JSON", "x".repeat(100_000))) {
                producer.send(new ProducerRecord<>(TOPIC, value.getBytes(UTF_8))).get();
            }
            producer.send(new ProducerRecord<>(TOPIC, null)).get();
        }
        try (DecidedMarket dashboard = dashboard("view")) {
            String id = id(decide(dashboard, "'kind':'keep'"));

            assertThat(trail(dashboard).findValuesAsText("id")).containsExactly(id);
        }
    }

    @Test
    void withoutBrokersADecisionIsRefusedInALine() throws Exception {
        try (DecidedMarket dashboard = dashboard("view")) {
            decide(dashboard, "'kind':'keep'");
            broker.close();
            HttpResponse<String> answer = decide(dashboard, "'kind':'stop'");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(JSON.readTree(answer.body()).get("error").asText())
                    .isEqualTo(
                            "The decision is not known to be in decided: the brokers did not"
                                    + " acknowledge it within 2 s; look before you decide again");
            assertThat(trail(dashboard).findValuesAsText("kind")).containsExactly("keep");
        }
    }

    private void awaitTrail(DecidedMarket dashboard, String id) {
        Awaitility.await("read back")
                .until(() -> trail(dashboard).findValuesAsText("id").contains(id));
    }

    private static String id(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("id").asText();
    }

    private static HttpResponse<String> decide(DecidedMarket dashboard, String fields)
            throws IOException, InterruptedException {
        String body =
                "{'model':'search-ads','creative':'cr-1003','who':'Ann',"
                        .concat(fields)
                        .concat("}");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(dashboard.url() + "api/decisions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                        .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static JsonNode trail(DecidedMarket dashboard)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        dashboard.url()
                                                + "api/creative?model=search-ads&creative=cr-1003"))
                        .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body()).get("decisions");
    }

    /** At least so many records of the topic, from its beginning. */
    private List<ConsumerRecord<byte[], byte[]>> records(int least) {
        Properties client = settings.kafka().client();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all =
                    consumer.partitionsFor(TOPIC).stream()
                            .map(p -> new TopicPartition(TOPIC, p.partition()))
                            .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            Awaitility.await("records")
                    .until(
                            () -> {
                                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                                return found.size() >= least;
                            });
            return found;
        }
    }
}
