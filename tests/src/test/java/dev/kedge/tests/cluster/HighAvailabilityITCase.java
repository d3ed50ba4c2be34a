// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.connectors.onnx.testing.TinyOnnx;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.command.cluster.ClusterFolder;
import dev.kedge.jobs.command.cluster.LocalCluster;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.tests.chaos.Comparison;
import dev.kedge.tests.chaos.Leftover;
import dev.kedge.tests.cli.Answer;
import dev.kedge.tests.failover.CommittedTopic;
import dev.kedge.tests.failover.PlayedInParts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Job managers that die while a job learns, on a cluster with a ZooKeeper of its own. */
class HighAvailabilityITCase {
    private static final String CREATIVES = "creatives";
    private static final Pattern PLACE = Pattern.compile("is in (file:\\S+)");
    private static final Pattern LEADER = Pattern.compile("(jobmanager\\S*) .*, leads");

    @TempDir private Path folder;

    private EmbeddedBroker broker;
    private LocalCluster cluster;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        cluster =
                new LocalCluster(
                        new ClusterFolder(folder.resolve("cluster")), List.of(), List.of());
    }

    @AfterEach
    void stop() {
        cluster("down");
        broker.close();
    }

    @Test
    void aJobWhoseJobManagersAreKilledLeavesWhatAnUndisturbedOneLeaves() throws Exception {
        List<String> small = new ArrayList<>(List.of("--high-availability", "--port", "0"));
        small.addAll(List.of("--slots", "1"));
        StartedCluster.SMALL.forEach(
                (key, value) -> small.addAll(List.of("-D", key + "=" + value)));
        small.addAll(List.of("-D", "high-availability.zookeeper.client.session-timeout=12 s"));
        cluster("up", small.toArray(String[]::new)).isGoodWith("the cluster is up at http://127");
        PlayedInParts played = created("disturbed", "calm");

        Path encoder = encoder();
        kedge("submit", file("disturbed").toString()).isGoodWith("disturbed runs");
        long scores = awaitScoresAfter(0);
        // A job manager that takes over has what was sent with the job, not where it came from.
        Files.delete(encoder);
        played.during(
                () -> {
                    kill("jobmanager");
                    cluster("up", "--job-managers", "2")
                            .isGoodWith("(new: jobmanager, jobmanager-2)");
                });
        awaitScoresAfter(scores);
        kill(leader());
        played.rest();
        Leftover disturbed = leftover("disturbed");

        encoder();
        kedge("submit", file("calm").toString()).isGoodWith("calm runs; it started anew");
        Leftover calm = leftover("calm");

        assertThat(Comparison.of(disturbed, calm)).isEmpty();
        assertThat(calm.parts().models()).hasSize(3);
        assertThat(calm.scores().count()).isGreaterThan(500);
        assertThat(calm.metrics().count()).isPositive();
        assertThat(calm.deadLetters().count()).isPositive();
    }

    /** Topics of jobs; those that they write have one order. */
    private PlayedInParts created(String... jobs) {
        try (Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
            topics.create(CREATIVES, 2);
            for (String job : jobs) {
                settings(job).topics().data().forEach(topic -> topics.create(topic, 1));
                topics.create(settings(job).topics().control(), 1);
            }
        }
        List<SimulatedRecord> records = new ArrayList<>();
        new MarketSimulator(
                        MarketConfig.DEFAULT
                                .withSeed(5)
                                .withStart(Instant.parse("2015-01-01T00:00:00Z"))
                                .withSize(3, 1, 60)
                                .withFaults(0.02, 0.02, 0.01))
                .forEachRemaining(records::add);
        return new PlayedInParts(broker.bootstrapServers(), CREATIVES, records);
    }

    private Path encoder() throws Exception {
        Path file = folder.resolve("texts.onnx");
        TinyOnnx.file(file, TinyOnnx.texts(Map.of(), 0.5f, 1f, -1f));
        return file;
    }

    private JobSettings settings(String job) {
        return Jobs.parse(yaml(job), "job").settings();
    }

    private Path file(String job) throws Exception {
        return Files.writeString(folder.resolve(job + ".yaml"), yaml(job));
    }

    private String yaml(String job) {
        return """
        name: %1$s
        kafka: {bootstrap-servers: '%2$s', timeout: 1 min}
        topics:
          creatives: creatives
          scores: %1$s-scores
          metrics: %1$s-metrics
          dead-letters: %1$s-refused
          control: %1$s-control
        checkpoints: {every: 1 s}
        encoders: {text: {model: '%3$s', width: 2}}
        discontinuation: {features: {embedding: 2}}
        """
                .formatted(job, broker.bootstrapServers(), folder.resolve("texts.onnx"));
    }

    private long awaitScoresAfter(long before) {
        String topic = settings("disturbed").topics().scores();
        try (CommittedTopic scores = new CommittedTopic(broker.bootstrapServers(), topic)) {
            await("scores").until(() -> scores.read() > before);
            return scores.read();
        }
    }

    private void kill(String process) throws Exception {
        ProcessHandle victim =
                cluster.processes().stream()
                        .filter(one -> one.name().equals(process))
                        .findFirst()
                        .orElseThrow()
                        .handle()
                        .orElseThrow();
        victim.destroyForcibly();
        victim.onExit().get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    private String leader() {
        Matcher leader =
                await("a leader")
                        .until(() -> LEADER.matcher(cluster("status").out()), Matcher::find);
        return leader.group(1);
    }

    /** Lets a job learn all there is, stops it, and reads what it left. */
    private Leftover leftover(String job) throws Exception {
        try (Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
            await("all is read").until(() -> topics.lag(job, List.of(CREATIVES)) == 0);
        }
        kedge("submit", file(job).toString()).isAMistakeWith("named '" + job + "' is there");
        Answer stopped = kedge("stop", job);
        stopped.isGoodWith(job + " is stopped");
        Matcher place = PLACE.matcher(stopped.out());
        assertThat(place.find()).isTrue();
        return Leftover.of(broker.bootstrapServers(), settings(job), place.group(1));
    }

    private Answer cluster(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("cluster", command));
        arguments.addAll(List.of("--folder", cluster.folder().folder().toString()));
        arguments.addAll(List.of(more));
        return Answer.to(arguments.toArray(String[]::new));
    }

    private Answer kedge(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        String addresses =
                cluster.addresses().stream().map(URI::toString).collect(Collectors.joining(","));
        all.addAll(List.of("--to", addresses));
        return Answer.to(all.toArray(String[]::new));
    }
}
