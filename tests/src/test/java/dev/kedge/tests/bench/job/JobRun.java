// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.kafka.Topics;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.tests.process.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** One job over the broker: its topics, its events, its process, and a reader of its scores. */
final class JobRun implements AutoCloseable {
    private static final String RECORDING = "flight.jfr";
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration SILENCE = Patience.TIME.multipliedBy(2);

    private final String name;
    private final BrokerProcess broker;
    private final Workload workload;
    private final Setup setup;
    private final boolean recorded;
    private final Path folder;
    private final Iterator<PlannedEvent> events;
    private final OpenLoop producer;
    private final ScoreReader reader;
    private final List<JavaProcess> processes = new ArrayList<>();

    /**
     * Creates the topics; the job is started by {@link #start}.
     *
     * @param name of the job, which no other run of this broker has
     * @param recorded whether the JVM's flight recorder runs
     */
    JobRun(
            String name,
            BrokerProcess broker,
            Workload workload,
            Setup setup,
            boolean recorded,
            Path folder) {
        this.name = name;
        this.broker = broker;
        this.workload = workload;
        this.setup = setup;
        this.recorded = recorded;
        this.folder = folder;
        createTopics();
        events = workload.events();
        producer = new OpenLoop(broker.servers(), topic("events"));
        reader =
                new ScoreReader(
                        broker.servers(),
                        topic("scores"),
                        setup.parallelism(),
                        setup.exactlyOnce(),
                        workload::id);
    }

    private String topic(String what) {
        return name + "-" + what;
    }

    /** The topic of its events. */
    String input() {
        return topic("events");
    }

    private void createTopics() {
        try (Topics topics = Topics.connect(broker.servers(), Patience.TIME)) {
            topics.create(topic("events"), setup.parallelism());
            topics.create(topic("scores"), setup.parallelism());
            topics.create(topic("metrics"), 1);
            topics.create(topic("refused"), 1);
            topics.create(topic("control"), 1);
            topics.awaitKnown(List.of(topic("events"), topic("scores"), topic("control")));
        }
    }

    /** The next events, made beforehand. */
    Phase next(int count) {
        return new Phase(take(events, count));
    }

    /** The first events of a stream, as many as there are at most. */
    static List<PlannedEvent> take(Iterator<PlannedEvent> from, int count) {
        List<PlannedEvent> taken = new ArrayList<>(count);
        while (taken.size() < count && from.hasNext()) {
            taken.add(from.next());
        }
        return taken;
    }

    /** Starts the job, from its newest checkpoint if it has one. */
    void start() {
        Path file = folder.resolve("job.yaml");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, yaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path own = folder.resolve("job-" + processes.size());
        List<String> flags = new ArrayList<>(setup.flags());
        if (recorded) {
            flags.add("-XX:FlightRecorderOptions:stackdepth=128");
            flags.add("-XX:StartFlightRecording:settings=profile");
        }
        List<String> arguments = List.of("run", file.toString());
        processes.add(KedgeChild.start(name, own, setup.cores(), flags, arguments));
    }

    /** The files of the process that runs now. */
    private Path own() {
        return folder.resolve("job-" + (processes.size() - 1));
    }

    /** What the flight recorder of the process that runs now has seen so far. */
    Path recording() {
        Path file = own().resolve(RECORDING);
        process().tell("jcmd", "JFR.dump", "filename=" + file);
        return file;
    }

    private String yaml() {
        String inputs =
                workload.inputs().stream()
                        .map(input -> input + ": " + topic("events"))
                        .collect(Collectors.joining(", "));
        return format(
                        """
                        job: %s
                        name: %s
                        kafka: {bootstrap-servers: '%s', timeout: 1 min}
                        topics: {%s, scores: %s, metrics: %s, dead-letters: %s, control: %s}
                        """,
                        workload.kind(),
                        name,
                        broker.servers(),
                        inputs,
                        topic("scores"),
                        topic("metrics"),
                        topic("refused"),
                        topic("control"))
                + format(
                        """
                        delivery: %s
                        checkpoints: {every: %d ms, directory: '%s'}
                        parallelism: %d
                        cache: %s
                        dashboard: {enabled: false}
                        """,
                        setup.delivery().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        setup.checkpoints().toMillis(),
                        folder.resolve("checkpoints").toUri(),
                        setup.parallelism(),
                        setup.cache())
                + workload.learner();
    }

    OpenLoop producer() {
        return producer;
    }

    ScoreReader reader() {
        return reader;
    }

    /** The process that runs now. */
    JavaProcess process() {
        return processes.get(processes.size() - 1);
    }

    /** Processor time of all processes of the job so far. */
    Duration processorTime() {
        return processes.stream()
                .map(JavaProcess::processorTime)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The checkpoints that the log of the process that runs now tells of. */
    List<CheckpointLine> checkpoints() {
        return CheckpointLine.in(own().resolve("kedge.log"));
    }

    /** Waits until all scores of a phase are there, as long as some come. */
    void await(Phase phase) {
        await(phase, 0);
    }

    /** Waits until no more than so many scores of a phase are missing. */
    void await(Phase phase, long left) {
        long missing = phase.missing();
        long since = System.nanoTime();
        while (missing > left && !phase.await(LOOK)) {
            long now = phase.missing();
            if (now < missing) {
                missing = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > SILENCE.toNanos() || !process().alive()) {
                throw new IllegalStateException(
                        format(
                                "%s: %,d of %,d scores are missing: %s",
                                name, now, phase.size(), process().complained()));
            }
        }
    }

    @Override
    public void close() {
        if (!processes.isEmpty()) {
            process().stop();
        }
        producer.close();
        reader.close();
        FileUtils.deleteDirectoryQuietly(folder.resolve("checkpoints").toFile());
        deleteTopics();
    }

    /** Scores are large, and the next run needs the room. */
    private void deleteTopics() {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                (Object) broker.servers()))) {
            admin.deleteTopics(List.of(topic("events"), topic("scores"), topic("metrics")))
                    .all()
                    .get(Patience.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topics of " + name + " stay", e);
        }
    }
}
