// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.json.CommandJson;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.JobKafka;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SchedulerExecutionMode;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink's reactive scheduler gives every task as many as there are slots, whatever it asked for.
 */
class ReactiveControlITCase {
    private static final int SLOTS = 3;
    private static final int COMMANDS = 500;

    /** A rate is at most 10. */
    private static final double SCALE = 1e6;

    /** By task: the values of the commands, as they came there. Tasks are in this process. */
    private static final Map<Integer, List<Double>> CAME = new ConcurrentHashMap<>();

    @TempDir private Path folder;

    private EmbeddedBroker broker;
    private DiscontinuationFile settings;

    private static final class Listening extends RichMapFunction<Incoming<Command>, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String map(Incoming<Command> command) {
            int task = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            CAME.computeIfAbsent(task, none -> new CopyOnWriteArrayList<>())
                    .add(command.event().value());
            return "";
        }
    }

    @BeforeEach
    void start() {
        CAME.clear();
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        String yaml =
                "kafka: {bootstrap-servers: '%s', timeout: 1 min}\ntopics: {control: orders}\n";
        settings =
                StrictYaml.parse(
                        yaml.formatted(broker.bootstrapServers()),
                        DiscontinuationFile.DEFAULT,
                        DiscontinuationFile.class,
                        "test");
        LocalTopics.create(settings);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private MiniCluster cluster() throws Exception {
        Configuration flink = new Configuration();
        flink.set(RestOptions.BIND_PORT, "0");
        flink.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive);
        flink.set(JobManagerOptions.SCHEDULER_MODE, SchedulerExecutionMode.REACTIVE);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(flink)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .build());
        cluster.start();
        return cluster;
    }

    private JobID listen(MiniCluster cluster) throws Exception {
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("state").toUri() + "");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(flink);
        environment.setParallelism(2);
        new JobKafka(settings)
                .commands(environment, new CommandJson())
                .broadcast()
                .map(new Listening())
                .sinkTo(new DiscardingSink<>());
        return cluster.submitJob(environment.getStreamGraph()).get().getJobID();
    }

    private void command() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 1; i <= COMMANDS; i++) {
                String rate = "{\"command\": \"rate\", \"value\": " + i / SCALE + "}";
                byte[] value = rate.getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>("orders", value)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private static boolean cameEverywhere() {
        return CAME.size() == SLOTS
                && CAME.values().stream().allMatch(came -> came.contains(COMMANDS / SCALE));
    }

    @Test
    void commandsComeInTheirOrderToEachOfMoreTasksThanTheJobAskedFor() throws Exception {
        try (MiniCluster cluster = cluster()) {
            JobID job = listen(cluster);
            command();
            await().until(ReactiveControlITCase::cameEverywhere);

            assertThat(CAME.values()).allSatisfy(came -> assertThat(came).isSorted());
            cluster.cancelJob(job).get();
        }
    }
}
