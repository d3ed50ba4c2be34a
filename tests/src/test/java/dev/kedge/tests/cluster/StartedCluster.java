// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cluster;

import static org.awaitility.Awaitility.await;

import dev.kedge.jobs.command.cluster.ClusterFolder;
import dev.kedge.jobs.command.cluster.ClusterOptions;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.LocalCluster;
import dev.kedge.jobs.command.pack.JobJar;
import dev.kedge.jobs.command.pack.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;

/** A Flink cluster of real processes with the job jar uploaded; it ends with the tests. */
final class StartedCluster implements AutoCloseable {

    /** Small, and no faster than two cores that are busy with other tests allow. */
    static final Map<String, String> SMALL =
            Map.of(
                    "taskmanager.memory.task.heap.size",
                    "192m",
                    "taskmanager.memory.task.off-heap.size",
                    "256m",
                    "taskmanager.memory.managed.size",
                    "96m",
                    "taskmanager.memory.network.min",
                    "32m",
                    "taskmanager.memory.network.max",
                    "32m",
                    "heartbeat.timeout",
                    "60 s",
                    ShortLived.OPTION,
                    ShortLived.FLAGS);

    private final LocalCluster cluster;
    private final FlinkRest rest;
    private final String jar;

    /**
     * Starts it, and waits until all its slots are there.
     *
     * @param folder of its files
     */
    StartedCluster(Path folder) throws IOException {
        Parts parts = Parts.ofClassPath();
        cluster =
                new LocalCluster(
                        new ClusterFolder(folder.resolve("cluster")),
                        parts.flink(),
                        parts.natives());
        SortedMap<String, String> options = new TreeMap<>(SMALL);
        options.put(ClusterOptions.PORT, "0");
        options.put(ClusterOptions.SLOTS, "2");
        cluster.start(new ClusterOptions(OptionalInt.of(1), options, Optional.empty()));
        rest = new FlinkRest(cluster.rest());
        Path made = folder.resolve(JobJar.NAME);
        JobJar.write(made, parts);
        await("slots").until(this::isComplete);
        jar = rest.upload(made);
    }

    private boolean isComplete() {
        cluster.requireAlive();
        return rest.overview().filter(seen -> seen.getNumSlotsTotal() == 2).isPresent();
    }

    FlinkRest rest() {
        return rest;
    }

    /** Runs a job, as its main class is told to. */
    JobID run(String... arguments) {
        return rest.run(jar, List.of(arguments), Optional.empty(), Map.of());
    }

    /** Files that the task manager has mapped into its memory. */
    List<String> mappedByTheTaskManager() throws IOException {
        long pid =
                cluster.processes().stream()
                        .filter(process -> process.name().startsWith("taskmanager"))
                        .findFirst()
                        .orElseThrow()
                        .handle()
                        .orElseThrow()
                        .pid();
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "maps")).stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .distinct()
                .toList();
    }

    @Override
    public void close() throws IOException {
        rest.close();
        cluster.stop();
    }
}
