// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.command.cluster.ClusterFolder;
import dev.kedge.jobs.command.cluster.ClusterProcess;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.LocalCluster;
import dev.kedge.jobs.command.pack.Home;
import dev.kedge.jobs.command.pack.Parts;
import dev.kedge.tests.cli.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A cluster as a person has it: all is done to it by the commands that people type. */
final class TypedCluster implements AutoCloseable {
    private static final Pattern NATIVE =
            Pattern.compile(
                    "UnsatisfiedLinkError|NoClassDefFoundError|SIGSEGV|SIGABRT|OutOfMemoryError|A fatal error has been detected");

    private final Path folder;
    private final int slots;
    private final OptionalInt metrics;
    private final SortedMap<String, String> flink;
    private final Consumer<String> tell;
    private final LocalCluster cluster;

    /**
     * A cluster.
     *
     * @param slots of each task manager
     * @param metrics port of the job manager's metrics; empty to serve none
     * @param flink options of it, beside
     */
    TypedCluster(
            Path folder,
            int slots,
            OptionalInt metrics,
            Map<String, String> flink,
            Consumer<String> tell) {
        this.folder = folder;
        this.slots = slots;
        this.metrics = metrics;
        this.flink = new TreeMap<>(flink);
        this.flink.put("taskmanager.memory.task.heap.size", "384m");
        this.flink.put("taskmanager.memory.managed.size", "192m");
        this.tell = tell;
        Parts parts = Home.here().parts();
        this.cluster = new LocalCluster(new ClusterFolder(folder), parts.flink(), parts.natives());
    }

    /** Starts what is missing of it. */
    void up(int taskManagers) {
        List<String> words =
                new ArrayList<>(List.of("cluster", "up", "--folder", folder.toString()));
        words.addAll(List.of("--task-managers", Integer.toString(taskManagers)));
        if (!cluster.isUp()) {
            words.addAll(List.of("--slots", Integer.toString(slots), "--port", "0"));
            metrics.ifPresent(at -> words.addAll(List.of("--metrics", Integer.toString(at))));
            flink.forEach((key, value) -> words.addAll(List.of("-D", key + "=" + value)));
        }
        answer(words);
    }

    /** Types a command that is about it. */
    void type(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--to", cluster.rest().toString()));
        answer(all);
    }

    private void answer(List<String> words) {
        Answer answer = Answer.to(words.toArray(String[]::new));
        if (answer.exitCode() != 0) {
            throw new IllegalStateException(
                    "kedge " + String.join(" ", words) + ": " + answer.err().strip());
        }
        answer.out().lines().forEach(tell);
    }

    FlinkRest rest() {
        return new FlinkRest(cluster.rest());
    }

    /** Its task managers that run. */
    List<ClusterProcess> taskManagers() {
        return cluster.processes().stream()
                .filter(process -> process.name().startsWith("taskmanager"))
                .filter(process -> process.handle().isPresent())
                .toList();
    }

    static long pid(ClusterProcess process) {
        return process.handle().orElseThrow().pid();
    }

    /** Where its processes serve their metrics. */
    List<String> scraped() {
        return cluster.metrics();
    }

    /** Ends a process at once, as {@code kill -9} does. */
    void kill(ClusterProcess process) throws Exception {
        Optional<ProcessHandle> handle = process.handle();
        handle.orElseThrow().destroyForcibly();
        handle.get().onExit().get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    /** Lines of its logs that tell of errors of native code or of classes. */
    List<String> nativeErrors() throws IOException {
        try (Stream<Path> logs = Files.list(cluster.folder().logs())) {
            return logs.sorted()
                    .flatMap(TypedCluster::lines)
                    .filter(NATIVE.asPredicate())
                    .filter(line -> !line.contains(" INFO "))
                    .toList();
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readAllLines(log).stream().map(line -> log.getFileName() + ": " + line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        answer(List.of("cluster", "down", "--folder", folder.toString()));
    }
}
