// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.broker.BrokerException;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.InputPlaces;
import dev.kedge.jobs.feed.JobGuard;
import dev.kedge.jobs.feed.JobMeter;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.jobs.page.JobHealth.Concern;
import dev.kedge.tests.cli.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said and done while brokers, topics and disks are not what they were. */
class WatchedRunITCase {
    private static final Pattern FAILED_CHECKPOINT =
            Pattern.compile("^A checkpoint failed \\([1-9]\\d* in a row\\)");

    private static final JobMeter.Times OFTEN =
            new JobMeter.Times(Duration.ofMillis(300), Duration.ofSeconds(2));

    private final JobHealth health = new JobHealth(Clock.systemUTC());
    private final List<String> news = new ArrayList<>();

    @TempDir private Path folder;

    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private String yaml(String more) {
        return """
        name: '%s'
        kafka: {bootstrap-servers: '%s', timeout: 1 min, discover-partitions: 300 ms}
        topics: {creatives: in, scores: out, metrics: quality, dead-letters: refused, control: orders}
        dashboard: {enabled: false}
        %s
        """
                .formatted(name(), broker.bootstrapServers(), more);
    }

    /** Of each test its own: Kafka's sinks of one name in one process meet for a moment. */
    private String name() {
        return "watched-" + folder.getFileName();
    }

    private DiscontinuationFile settings(String more) {
        String checkpoints = folder.resolve("checkpoints").toUri().toString();
        return StrictYaml.parse(
                yaml(
                        "checkpoints: {every: 200 ms, tolerated-failures: 10000, directory: '%s'}\n"
                                        .formatted(checkpoints)
                                + more),
                DiscontinuationFile.DEFAULT,
                DiscontinuationFile.class,
                "test");
    }

    private EmbeddedJob job(DiscontinuationFile settings, Optional<String> resume) {
        return EmbeddedJob.start(new DiscontinuationJob(settings), resume);
    }

    private void send(int partition, String creative) throws Exception {
        String launched =
                "{\"type\": \"launched\", \"model\": \"m\", \"creative\": \"%s\", \"at\": \"2026-03-01T12:00:00Z\", \"text\": \"t\"}"
                        .formatted(creative);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    "in",
                                    partition,
                                    "m".getBytes(StandardCharsets.UTF_8),
                                    launched.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private Optional<String> look(JobGuard guard) {
        Optional<String> end = guard.look();
        news.addAll(guard.news());
        return end;
    }

    private String end(JobGuard guard) {
        return await().until(() -> look(guard), Optional::isPresent).orElseThrow();
    }

    private void awaitLine(JobGuard guard, String line) {
        awaitLine(guard, said -> said.contains(line));
    }

    private void awaitLine(JobGuard guard, Predicate<String> line) {
        await().until(
                        () -> {
                            assertThat(look(guard)).isEmpty();
                            return news.stream().anyMatch(line);
                        });
    }

    private void awaitScores(CommittedTopic scores, String creative) {
        await().until(
                        () -> {
                            scores.read();
                            return scores.values().keySet().stream()
                                    .anyMatch(key -> key.contains(creative));
                        });
    }

    @Test
    void topicsThatGrowLoseTheirPastOrAreDeletedAreNoticed() throws Exception {
        DiscontinuationFile settings = settings("delivery: at-once");
        try (Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME);
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            topics.create("in", 1);
            LocalTopics.create(settings);
            assertThat(InputPlaces.check(settings, Optional.empty())).isEmpty();
            send(0, "first");
            try (CommittedTopic scores = new CommittedTopic(broker.bootstrapServers(), "out");
                    EmbeddedJob job = job(settings, Optional.empty());
                    JobGuard guard = JobGuard.start(job, settings, health, OFTEN)) {
                awaitScores(scores, "first");
                awaitMeasured(health);
                admin.createPartitions(Map.of("in", NewPartitions.increaseTo(2))).all().get();
                send(1, "second");
                awaitScores(scores, "second");
                awaitLine(guard, "Topic in has 2 partitions now (1 before)");
                awaitCommitted(topics);
            }
            aPastThatIsGoneEndsTheRun(settings, admin);
            aTopicThatIsMadeAnewIsRefused(settings, topics, admin);
        }
    }

    private static void awaitMeasured(JobHealth health) {
        await().until(() -> health.status(Optional.empty()).measures().inputLag().isPresent());
    }

    private void awaitCommitted(Topics topics) {
        await().until(() -> topics.lag(name(), List.of("in")) == 0);
    }

    private void aPastThatIsGoneEndsTheRun(DiscontinuationFile settings, Admin admin)
            throws Exception {
        Optional<String> newest = Checkpoints.newest(settings.checkpointUri());
        assertThat(InputPlaces.check(settings, newest)).isEmpty();
        send(0, "lost");
        send(0, "kept");
        admin.deleteRecords(Map.of(new TopicPartition("in", 0), RecordsToDelete.beforeOffset(2)))
                .all()
                .get();
        String lost = "topic in, partition 0: the next record to read is 1, but the oldest";
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> InputPlaces.check(settings, newest))
                .withMessageContainingAll(lost, "kafka.lost-records");
        DiscontinuationFile skips =
                StrictYaml.parse(
                        StrictYaml.write(settings)
                                .replace("lost-records: \"end\"", "lost-records: skip")
                                .replace("lost-records: end", "lost-records: skip"),
                        DiscontinuationFile.DEFAULT,
                        DiscontinuationFile.class,
                        "test");
        assertThat(InputPlaces.check(skips, newest)).singleElement().asString().contains(lost);
        try (EmbeddedJob job = job(settings, newest);
                JobGuard guard = JobGuard.start(job, settings, health, OFTEN)) {
            assertThat(end(guard))
                    .contains("topic in, partition 0: record 1 is not there any more");
        }
    }

    private void aTopicThatIsMadeAnewIsRefused(
            DiscontinuationFile settings, Topics topics, Admin admin) throws Exception {
        Optional<String> newest = Checkpoints.newest(settings.checkpointUri());
        JobHealth anew = new JobHealth(Clock.systemUTC());
        try (JobMeter meter = JobMeter.start(settings, anew, news::add, OFTEN)) {
            awaitMeasured(anew);
            admin.deleteTopics(List.of("in")).all().get();
            await().untilAsserted(
                            () ->
                                    assertThat(meter.end())
                                            .contains(
                                                    "topic in, which the job reads, was deleted"));
        }
        await().until(() -> !topics.names().contains("in"));
        topics.create("in", 2);
        send(0, "anew");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> InputPlaces.check(settings, newest))
                .withMessageContainingAll("topic in was deleted and made anew", "--fresh");
        assertThat(InputPlaces.check(settings, Optional.empty())).isEmpty();
    }

    @Test
    void checkpointsThatFailAreToldAndGoOnWhenTheyCan() throws Exception {
        DiscontinuationFile settings = settings("");
        LocalTopics.create(settings);
        try (EmbeddedJob job = job(settings, Optional.empty());
                JobGuard guard = JobGuard.start(job, settings, health, OFTEN)) {
            await().until(() -> Checkpoints.newest(settings.checkpointUri()).isPresent());
            look(guard);
            Path kept = ownFolder();
            Path aside = folder.resolve("aside");
            Files.move(kept, aside);
            Files.writeString(kept, "in the way");
            // A slow machine looks once while several fail.
            awaitLine(guard, FAILED_CHECKPOINT.asPredicate());
            assertThat(health.warns(Concern.CHECKPOINTS)).isTrue();
            Files.delete(kept);
            Files.move(aside, kept);
            awaitLine(guard, "Checkpoints are complete again");
            assertThat(news).noneMatch(line -> line.startsWith("Restart"));
        }
    }

    private Path ownFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints").resolve(name()))) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    @Test
    void aTransactionTimeoutAboveTheBrokersIsRefused() throws Exception {
        LocalTopics.create(settings(""));
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, yaml("checkpoints: {transaction-timeout: 2 h}"));

        for (String[] arguments :
                new String[][] {{"run", file.toString(), "--check"}, {"run", file.toString()}}) {
            Answer.to(arguments)
                    .isAMistakeWith(
                            "checkpoints.transaction-timeout: 2 h is not allowed; it must be at"
                                    + " most 1 h, the brokers' transaction.max.timeout.ms (3600000)");
        }
    }

    @Test
    void aBrokerThatIsAwayIsShownAndNotWaitedForAtTheEnd() throws Exception {
        DiscontinuationFile settings = settings("");
        LocalTopics.create(settings);
        send(0, "one");
        int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
        EmbeddedJob job = job(settings, Optional.empty());
        JobGuard guard = JobGuard.start(job, settings, health, OFTEN);
        await().until(() -> Checkpoints.newest(settings.checkpointUri()).isPresent());
        awaitMeasured(health);
        send(1, "two");
        broker.close();
        awaitLine(guard, "Warning: no Kafka broker answers at " + broker.bootstrapServers());
        assertThat(health.status(Optional.empty()).warnings()).hasSize(1);

        long began = System.nanoTime();
        assertThat(guard.stop())
                .startsWith("Stopped without a last checkpoint (no Kafka broker answers)");
        guard.close();
        job.close();

        // Whoever waits for the job's end waits for 20 s.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        try (JobMeter meter = JobMeter.start(settings, health, news::add, OFTEN)) {
            broker = startedAgain(port);
            await().until(() -> !health.warns(Concern.BROKER));
            assertThat(meter.end()).isEmpty();
        }
    }

    /** Another process may hold the port for a moment, as its end of a connection. */
    private EmbeddedBroker startedAgain(int port) {
        return await().ignoreExceptionsInstanceOf(BrokerException.class)
                .until(
                        () -> EmbeddedBroker.start(folder.resolve("broker"), port),
                        Objects::nonNull);
    }
}
