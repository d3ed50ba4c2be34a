// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.classifier.shapes.ClassStream;
import dev.kedge.connectors.classifier.shapes.ClassStreamConfig;
import dev.kedge.connectors.classifier.shapes.DrawnShapes;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.connectors.onnx.testing.TinyOnnx;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.submit.RemoteWatch;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.jobs.flink.Reasons;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.tests.chaos.Comparison;
import dev.kedge.tests.chaos.Leftover;
import dev.kedge.tests.cli.Answer;
import dev.kedge.tests.failover.CommittedTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on a Flink cluster of real processes, submitted over its REST interface. */
class ClusterITCase {

    @TempDir private static Path folder;

    private static EmbeddedBroker broker;
    private static StartedCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        cluster = new StartedCluster(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        broker.close();
    }

    @Test
    void anAdJobOfAFileScoresWithTheEncoderThatItSentAndStopsWithASavepoint() throws Exception {
        byte[] encoder = TinyOnnx.texts(Map.of(), 0.5f, 1f, -1f);
        String texts = TinyOnnx.file(folder.resolve("texts.onnx"), encoder);
        String yaml =
                ads("ads")
                        + "encoders: {text: {model: '%s', width: 2}}\n".formatted(texts)
                        + "discontinuation: {features: {embedding: 2}}\n";
        Path file = Files.writeString(folder.resolve("ads.yaml"), yaml);
        JobSettings settings = settings(yaml);
        LocalTopics.create(settings);

        JobID job = cluster.run("--job", file.toString(), "--check");
        // Where tasks run, nobody has it.
        Files.delete(Path.of(texts));

        MarketConfig market =
                MarketConfig.DEFAULT
                        .withSeed(7)
                        .withStart(Instant.parse("2015-01-01T00:00:00Z"))
                        .withSize(2, 1, 60);
        play(settings.topics().inputs().get(0), new MarketSimulator(market));
        awaitScores(settings, 100);
        String savepoint = cluster.rest().stop(job);
        assertThat(savepoint).contains("/cluster/savepoints/savepoint-");
        kedge("submit", file.toString())
                .isAMistakeWith(savepoint, "outside of its folder; go on from there with --from");
        assertThat(folder.resolve("cluster/checkpoints/ads")).isDirectory();
    }

    @Test
    void aClassifierLoadsNd4jOfTheClusterOnce() throws Exception {
        String yaml =
                """
                job: classifier
                name: shapes
                kafka: {bootstrap-servers: '%s', timeout: 1 min}
                checkpoints: {every: 1 s}
                delivery: at-once
                classifier:
                  input: {image: {channels: 1, height: 28, width: 28}}
                  encoder: {kind: mlp, mlp: {layers: [256, 128]}}
                  replay: {capacity: 200, batch: 20}
                """
                        .formatted(broker.bootstrapServers());
        JobSettings settings = settings(yaml);
        LocalTopics.create(settings);

        JobID job = cluster.run("--job-inline", inline(yaml));

        ClassStreamConfig stream =
                ClassStreamConfig.of(
                        "shapes",
                        settings.topics().inputs().get(1),
                        Instant.parse("2025-01-01T00:00:00Z"),
                        3);
        play(
                settings.topics().inputs().get(0),
                limited(new ClassStream(stream, new DrawnShapes()), 200));
        awaitScores(settings, 100);
        assertThat(cluster.mappedByTheTaskManager())
                .filteredOn(file -> file.endsWith("/libnd4jcpu.so"))
                .hasSize(1)
                .allMatch(file -> file.contains("/cluster/native/"));
        cluster.rest().cancel(job);
    }

    @Test
    void aJobWhosePlaceInATopicIsGoneFailsAtOnceAndForGood() throws Exception {
        String yaml = ads("lost");
        JobSettings settings = settings(yaml);
        LocalTopics.create(settings);
        TopicPartition partition = new TopicPartition(settings.topics().inputs().get(0), 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets("lost", Map.of(partition, new OffsetAndMetadata(1234)))
                    .all()
                    .get(Patience.SECONDS, TimeUnit.SECONDS);
        }

        JobID job = cluster.run("--job-inline", inline(yaml));

        assertThat(cluster.rest().failure(job).map(Reasons::deepest))
                .hasValueSatisfying(reason -> assertThat(reason).contains("1234"));
        assertThat(cluster.rest().status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.rest().failures(job)).as("no restart between").hasSize(1);
        assertThat(seen(settings, JobHealth.State.FAILED).message()).contains("1234");
    }

    @Test
    void aJobIsSubmittedUpgradedRescaledStoppedAndGoesOn() throws Exception {
        String yaml = ads("life") + "discontinuation: {network: {layers: [16]}}\n";
        Path file = Files.writeString(folder.resolve("life.yaml"), yaml);
        JobSettings settings = settings(yaml);

        Answer missing = kedge("submit", file.toString());
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err())
                .startsWith("kedge: no such topic at " + broker.bootstrapServers())
                .contains("life-creatives")
                .endsWith("; --create-topics creates what is missing\n");
        kedge("submit", file.toString(), "--create-topics")
                .isGoodWith("created life-creatives, ", "life runs; it started anew");
        kedge("submit", file.toString()).isAMistakeWith("a job named 'life' is there already");
        MarketConfig market =
                MarketConfig.DEFAULT
                        .withSeed(7)
                        .withStart(Instant.parse("2015-01-01T00:00:00Z"))
                        .withSize(2, 1, 60);
        play(settings.topics().inputs().get(0), new MarketSimulator(market));
        awaitScores(settings, 100);

        assertThat(seen(settings, JobHealth.State.RUNNING).measures().checkpoint()).isPresent();

        // Neither of both changes what runs: one is seen before, the other when it runs.
        Path unfit = Files.writeString(folder.resolve("unfit.yaml"), yaml.replace("16", "8"));
        kedge("upgrade", unfit.toString())
                .isAMistakeWith("'encoder/layer/0/weight' is ", "; life goes on as it is");
        String acks = ", properties: {enable.idempotence: true, acks: '0'}}";
        Path broken =
                Files.writeString(
                        folder.resolve("broken.yaml"),
                        yaml.replaceFirst("(timeout: 1 min)}", "$1" + acks));
        Answer undone = kedge("upgrade", broken.toString());
        assertThat(undone.exitCode()).isEqualTo(1);
        assertThat(undone.err())
                .startsWith("kedge: the upgrade failed: life failed: Must set acks to all")
                .contains("; life goes on as it was, job ");

        kedge("rescale", "life", "2").isGoodWith("life runs with 2 tasks now (there were 1)");
        kedge("stop", "life").isGoodWith("life is stopped; all that it knows is in file:");
        kedge("submit", file.toString())
                .isGoodWith("life runs; it went on from file:" + folder, "/life/savepoint-");
        kedge("status", "life").isGoodWith("  parallelism   1", "/life/savepoint-");
        // Its newest checkpoint, or the savepoint, if there was no time for one.
        kedge("cancel", "life").isGoodWith("life is cancelled; it", " stays: file:");
        assertThat(seen(settings, JobHealth.State.FINISHED).restarts().count()).isEqualTo(0);
        assertThat(cluster.rest().jars()).as("sent once").hasSize(2);

        makeAnew(settings.topics().inputs().get(0));
        kedge("submit", file.toString())
                .isAMistakeWith("topic life-creatives was deleted and made anew", "--fresh");
    }

    @Test
    void aJobMovesFromOneMachineToTheClusterAndBackAsIfItHadStayed() throws Exception {
        List<SimulatedRecord> records = new ArrayList<>();
        new MarketSimulator(
                        MarketConfig.DEFAULT
                                .withSeed(3)
                                .withStart(Instant.parse("2015-01-01T00:00:00Z"))
                                .withSize(3, 1, 60)
                                .withFaults(0.02, 0.02, 0.01))
                .forEachRemaining(records::add);
        int third = records.size() / 3;
        String folders = "checkpoints: {every: 1 s, directory: '%s'}\n";
        String place = folders.formatted(folder.resolve("moving").toUri());
        String yaml =
                ads("moved")
                        .replaceFirst("checkpoints: .*\n", place)
                        .replace("moved-creatives", "moving-creatives");
        Path file = Files.writeString(folder.resolve("moved.yaml"), yaml);
        MovedJob moved = MovedJob.create(yaml);

        moved.play(records.subList(0, third));
        String here = moved.learnHere(Optional.empty());
        moved.play(records.subList(third, 2 * third));
        kedge("submit", file.toString(), "--from", here).isGoodWith("moved runs; it went on from");
        moved.awaitAllRead();
        kedge("stop", "moved").isGoodWith("moved is stopped; all that it knows is in file:");
        moved.play(records.subList(2 * third, records.size()));
        String there = Checkpoints.newest(moved.settings().checkpointUri()).orElseThrow();
        assertThat(there).as("what it left on the cluster").contains("/moved/savepoint-");
        moved.learnHere(Optional.of(there));

        MovedJob stayed = MovedJob.create(yaml.replace("moved", "stayed"));
        stayed.learnHere(Optional.empty());
        Leftover calm = stayed.leftover();
        assertThat(Comparison.of(moved.leftover(), calm)).isEmpty();
        assertThat(calm.parts().models()).hasSize(3);
        assertThat(calm.scores().count()).isGreaterThan(500);
        assertThat(calm.metrics().count()).isPositive();
        assertThat(calm.deadLetters().count()).isPositive();
    }

    private static void makeAnew(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
            admin.deleteTopics(List.of(topic)).all().get(Patience.SECONDS, TimeUnit.SECONDS);
            await().until(() -> !topics.names().contains(topic));
            topics.create(topic, 1);
        }
    }

    /** What the page of a job shows of it, once that is settled. */
    private static JobHealth.Status seen(JobSettings settings, JobHealth.State state) {
        JobHealth health = new JobHealth(Clock.systemUTC());
        try (RemoteWatch watch = new RemoteWatch(cluster.rest(), settings, health)) {
            return await(state.name())
                    .until(
                            () -> {
                                watch.look();
                                return health.status(Optional.empty());
                            },
                            now -> now.state() == state && isMeasured(now));
        }
    }

    private static boolean isMeasured(JobHealth.Status now) {
        return now.state() != JobHealth.State.RUNNING || now.measures().checkpoint().isPresent();
    }

    private static Answer kedge(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--to", cluster.rest().address().toString()));
        return Answer.to(all.toArray(String[]::new));
    }

    @Test
    void aFileThatIsWrongIsRefusedInOneLine() {
        assertThatThrownBy(() -> cluster.run("--job-inline", inline("paralelism: 2")))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("job: paralelism: unknown field; allowed here: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aJobWhoseTopicsAreMissingIsRefusedBeforeItRuns() {
        assertThatThrownBy(() -> cluster.run("--check", "--job-inline", inline(ads("nowhere"))))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("nowhere-creatives");
    }

    private static String ads(String name) {
        return """
        name: %1$s
        kafka: {bootstrap-servers: '%2$s', timeout: 1 min}
        topics:
          creatives: %1$s-creatives
          scores: %1$s-scores
          metrics: %1$s-metrics
          dead-letters: %1$s-refused
          control: %1$s-control
        checkpoints: {every: 1 s}
        """
                .formatted(name, broker.bootstrapServers());
    }

    private static JobSettings settings(String yaml) {
        return Jobs.parse(yaml, "job").settings();
    }

    private static String inline(String yaml) {
        return Base64.getEncoder().encodeToString(yaml.getBytes(UTF_8));
    }

    private static Iterator<SimulatedRecord> limited(Iterator<SimulatedRecord> records, int most) {
        return Stream.generate(records::next).limit(most).iterator();
    }

    private static void play(String topic, Iterator<SimulatedRecord> records) {
        try (RecordPlayer player =
                new RecordPlayer(
                        broker.bootstrapServers(),
                        topic,
                        Pace.unthrottled(),
                        RecordPlayer.Progress.IGNORED)) {
            player.play(records);
        }
    }

    private static void awaitScores(JobSettings settings, long least) {
        try (CommittedTopic scores =
                new CommittedTopic(broker.bootstrapServers(), settings.topics().scores())) {
            await("scores").until(() -> scores.read() >= least);
        }
    }
}
