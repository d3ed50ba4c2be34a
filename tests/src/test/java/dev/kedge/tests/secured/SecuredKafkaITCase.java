// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.secured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.kafka.TopicPartitions;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.CommittedRecords;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.kind.ChosenJob;
import dev.kedge.tests.cli.Answer;
import dev.kedge.tests.fixtures.SharedCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The job files of the page about security, run against a broker that asks for what they say. */
class SecuredKafkaITCase {
    private static final Path PAGE = Path.of("..", "docs", "kafka-security.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)```yaml\n(name: ads-(?<kind>[a-z]+)\n.*?)```");
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final List<String> SECRETS =
            List.of(
                    SecuredBroker.STORE_PASSWORD,
                    SecuredBroker.SCRAM_PASSWORD,
                    SecuredBroker.CLIENT_SECRET,
                    System.getenv(SecuredBroker.VARIABLE));

    @TempDir private static Path folder;

    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecuredBroker(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** The examples of the page by their kinds. */
    private static SortedMap<String, String> examples() throws Exception {
        SortedMap<String, String> examples = new TreeMap<>();
        Matcher found = EXAMPLE.matcher(Files.readString(PAGE));
        while (found.find()) {
            examples.put(found.group("kind"), found.group(1));
        }
        assertThat(examples).containsOnlyKeys("mutual", "oauth", "plain", "scram", "tls");
        return examples;
    }

    private static String example(String kind) throws Exception {
        return broker.placed(examples().get(kind), kind.toUpperCase(Locale.ROOT))
                .replace("kafka:\n", "kafka:\n  timeout: 5 s\n");
    }

    private static Path file(String name, String yaml) throws Exception {
        return Files.writeString(folder.resolve(name + ".yaml"), yaml);
    }

    @Test
    void everyExampleOfThePageLearnsAndTellsNobodyItsSecrets() throws Exception {
        try (SharedCluster flink = new SharedCluster(examples().size())) {
            SortedMap<String, JobID> jobs = new TreeMap<>();
            for (String kind : examples().keySet()) {
                String yaml = example(kind) + own(kind);
                Path file = file(kind, yaml);
                ChosenJob<?> chosen = Jobs.parse(yaml, "job");
                assertThat(LocalTopics.createMissing(chosen.settings())).hasSize(5);
                kedge("run", file, "--check").isGoodWith("the brokers answer");
                kedge("run", file, "--show").isGoodWith("name: \"ads-" + kind);
                jobs.put(kind, flink.start(chosen.job(), Optional.empty()));
                play(chosen.settings());
            }
            for (String kind : jobs.keySet()) {
                assertThat(scores(Jobs.parse(example(kind) + own(kind), "job").settings()))
                        .as(kind)
                        .isPositive();
                assertThat(flink.failure(jobs.get(kind))).isEmpty();
                tellsNoSecret(flink.rest(), jobs.get(kind));
                flink.cancel(jobs.get(kind));
            }
        }
    }

    private static String own(String kind) {
        return """
        topics:
          creatives: %1$s-creatives
          scores: %1$s-scores
          metrics: %1$s-metrics
          dead-letters: %1$s-refused
          control: %1$s-control
        checkpoints: {every: 1 s, directory: '%2$s'}
        """
                .formatted(kind, folder.resolve("checkpoints").toUri());
    }

    private static void play(JobSettings settings) {
        MarketConfig market =
                MarketConfig.DEFAULT
                        .withStart(Instant.parse("2015-01-01T00:00:00Z"))
                        .withSize(1, 1, 30);
        try (RecordPlayer player =
                new RecordPlayer(
                        settings.kafka().client(),
                        settings.topics().inputs().get(0),
                        Pace.unthrottled(),
                        RecordPlayer.Progress.IGNORED)) {
            player.play(new MarketSimulator(market));
        }
    }

    private static long scores(JobSettings settings) {
        try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(settings.kafka())) {
            List<TopicPartition> all = TopicPartitions.of(consumer, settings.topics().scores());
            consumer.assign(all);
            consumer.seekToBeginning(all);
            return await(settings.name()).until(() -> consumer.poll(POLL).count(), n -> n > 0);
        }
    }

    private static void tellsNoSecret(URI rest, JobID job) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (String path :
                List.of("", "/config", "/plan", "/exceptions", "/checkpoints", "/accumulators")) {
            URI asked = URI.create(rest + "/jobs/" + job + path);
            String said =
                    client.send(
                                    HttpRequest.newBuilder(asked).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            assertThat(said).startsWith("{").doesNotContain(SECRETS);
        }
    }

    private static Answer kedge(String command, Path file, String... more) {
        Answer answer =
                Answer.to(
                        Stream.concat(Stream.of(command, file.toString()), Stream.of(more))
                                .toArray(String[]::new));
        assertThat(answer.out() + answer.err()).doesNotContain(SECRETS);
        return answer;
    }

    static Stream<Arguments> mistakes() {
        UnaryOperator<String> untrusting = yaml -> yaml.replaceAll(" +ssl\\.truststore.*\n", "");
        String trust = "(?m)(ssl.truststore.certificates: file:.*/)ca.pem";
        return Stream.of(
                mistake("tls", untrusting, "certificate of the brokers is not trusted"),
                mistake(
                        "tls",
                        yaml -> yaml.replaceFirst(trust, "$1stranger.pem"),
                        "certificate of the brokers is not trusted"),
                mistake(
                        "tls",
                        yaml -> yaml.replace(broker.at("TLS"), broker.at("EXPIRED")),
                        "certificate of the brokers has expired"),
                mistake(
                        "tls",
                        yaml -> yaml.replace(broker.at("TLS"), broker.at("MUTUAL")),
                        "the brokers want a certificate of this client"),
                mistake(
                        "tls",
                        yaml -> yaml.replace(broker.at("TLS"), broker.open()),
                        "kafka.properties name its security.protocol"),
                mistake(
                        "tls",
                        yaml -> yaml.replaceAll("(?s)  properties:.*", ""),
                        "kafka.properties name its security.protocol"),
                mistake(
                        "scram",
                        yaml -> yaml.replace("username=\"ads\"", "username=\"eve\""),
                        "the brokers do not accept this client"),
                mistake(
                        "plain",
                        yaml -> yaml.replace("${PATH}", "wrong"),
                        "the brokers do not accept this client"),
                mistake(
                        "plain",
                        yaml -> yaml.replace(broker.at("PLAIN"), broker.at("SCRAM")),
                        "the brokers do not accept this client"),
                mistake(
                        "oauth",
                        yaml -> yaml.replace("client-secret", "kafka-password"),
                        "no Kafka client can be made with kafka.properties"),
                mistake(
                        "oauth",
                        yaml -> yaml.replace("/token", "/other"),
                        "no Kafka client can be made with kafka.properties"));
    }

    private static Arguments mistake(String kind, UnaryOperator<String> change, String said) {
        return arguments(kind, change, said);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("mistakes")
    void aMistakeIsOneLineSoon(String kind, UnaryOperator<String> change, String said)
            throws Exception {
        String yaml = change.apply(example(kind));
        assertThat(yaml).isNotEqualTo(example(kind));
        Path file = file("mistake", yaml + own(kind));
        Instant began = Instant.now();

        kedge("run", file, "--check").isAMistakeWith(said);

        assertThat(Duration.between(began, Instant.now())).isLessThan(BOUND);
    }
}
