// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import dev.kedge.state.text.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;

/**
 * A Flink session cluster of processes on this machine. It is known by its folder alone: whoever
 * names the folder can look at it, add to it and end it.
 */
public final class LocalCluster {
    private static final Duration END = Duration.ofSeconds(20);

    private final ClusterFolder folder;
    private final List<Path> classPath;

    /**
     * A cluster, running or not.
     *
     * @param folder of its files
     * @param flink jars of Flink
     * @param natives jars that lie beside them
     */
    public LocalCluster(ClusterFolder folder, List<Path> flink, List<Path> natives) {
        this.folder = folder;
        this.classPath = Stream.concat(flink.stream(), natives.stream()).toList();
    }

    /**
     * Starts what is missing of the job manager and the task managers, and does not wait for it.
     *
     * @return names of the processes that were started
     * @throws ClusterException if it runs, and the options say how it should be configured; or if
     *     its port is taken
     */
    public List<String> start(ClusterOptions options) throws IOException {
        folder.create();
        forgetEnded();
        if (processes().isEmpty()) {
            ClusterConfiguration.write(folder, options);
            ClusterConfiguration.requireFreePort(configuration());
        } else if (!ClusterConfiguration.isAsSaid(folder, options)) {
            throw new ClusterException(
                    folder.folder()
                            + ": its cluster is up, and its configuration counts from its start; end it first (kedge cluster down)");
        }
        ClusterHosts hosts = hosts();
        List<String> started = new ArrayList<>();
        if (hosts.hasMaster() && !hasJobManager()) {
            started.add(start(FlinkRole.JOB_MANAGER, FlinkRole.JOB_MANAGER.word()).name());
        }
        int wanted = options.taskManagers().orElse(hosts.taskManagers());
        while (taskManagers() < wanted) {
            started.add(startTaskManager().name());
        }
        return started;
    }

    private void forgetEnded() throws IOException {
        for (ClusterProcess process : processes()) {
            if (!process.isAlive()) {
                Files.delete(process.file());
            }
        }
    }

    private boolean hasJobManager() {
        return processes().stream().anyMatch(process -> !process.isTaskManager());
    }

    /** How many task managers were started here and not ended by {@link #stop}. */
    int taskManagers() {
        return (int) processes().stream().filter(ClusterProcess::isTaskManager).count();
    }

    /** The hosts that its configuration names. */
    ClusterHosts hosts() {
        return ClusterHosts.read(folder.configuration());
    }

    /** Whether a process of it runs on this machine. */
    public boolean isUp() {
        return processes().stream().anyMatch(ClusterProcess::isAlive);
    }

    /** Where its files are. */
    public ClusterFolder folder() {
        return folder;
    }

    /** Starts one more task manager, and does not wait for it. */
    public ClusterProcess startTaskManager() throws IOException {
        int number = 1;
        while (Files.exists(folder.processes().resolve(name(number)))) {
            number++;
        }
        return start(FlinkRole.TASK_MANAGER, name(number));
    }

    private static String name(int number) {
        return FlinkRole.TASK_MANAGER.word() + "-" + number;
    }

    private ClusterProcess start(FlinkRole role, String name) throws IOException {
        return ClusterProcess.start(folder, role, name, classPath);
    }

    /** Its processes that were started and not ended by {@link #stop}, task managers last. */
    public List<ClusterProcess> processes() {
        if (!Files.isDirectory(folder.processes())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.processes())) {
            return files.map(file -> new ClusterProcess(file.getFileName().toString(), file))
                    .sorted(Comparator.comparing(ClusterProcess::name))
                    .toList();
        } catch (IOException e) {
            throw new ClusterException(folder.processes() + " cannot be read (" + e + ")", e);
        }
    }

    /**
     * Fails where a process ended by itself.
     *
     * @throws ClusterException with its name and its last words
     */
    public void requireAlive() {
        for (ClusterProcess process : processes()) {
            if (process.handle().isEmpty()) {
                throw new ClusterException(
                        Text.format(
                                "%s ended by itself; its log is below %s (%s)",
                                process.name(), folder.logs(), process.lastWords(folder)));
            }
        }
    }

    /** Where its REST interface is. */
    public URI rest() {
        return ClusterConfiguration.rest(ClusterConfiguration.read(folder));
    }

    /** Its configuration. */
    public Configuration configuration() {
        return ClusterConfiguration.read(folder);
    }

    /** Ends all its processes, task managers first; what jobs have checkpointed stays. */
    public void stop() throws IOException {
        List<ClusterProcess> all = new ArrayList<>(processes());
        all.sort(Comparator.comparing(ClusterProcess::name).reversed());
        for (ClusterProcess process : all) {
            process.stop(END);
        }
    }
}
