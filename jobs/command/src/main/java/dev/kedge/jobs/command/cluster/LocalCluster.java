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
    private static final Comparator<ClusterProcess> ORDER =
            Comparator.comparing(ClusterProcess::role).thenComparing(ClusterProcess::name);

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
     * Starts what is missing of ZooKeeper, job managers and task managers, and does not wait for
     * it.
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
        } else if (options.jobManagers().orElse(0) > jobManagers().here().size()) {
            ClusterConfiguration.jobManagers(folder, options.jobManagers(), true);
        }
        List<String> started = new ArrayList<>();
        if (OwnZooKeeper.exists(folder)) {
            startMissing(ClusterRole.ZOOKEEPER.word(), List.of(), started);
        }
        for (JobManagers.One one : jobManagers().here()) {
            startMissing(one.name(), one.arguments(), started);
        }
        int wanted = options.taskManagers().orElse(hosts().taskManagers());
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

    private void startMissing(String name, List<String> arguments, List<String> started)
            throws IOException {
        if (!Files.exists(folder.processes().resolve(name))) {
            started.add(start(name, arguments).name());
        }
    }

    /** Its job managers, as its configuration names them. */
    JobManagers jobManagers() {
        return JobManagers.of(configuration(), hosts());
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
        String name = name(number);
        String resource = ClusterProcess.resource(name, configuration());
        return start(name, List.of("-D", "taskmanager.resource-id=" + resource));
    }

    private static String name(int number) {
        return ClusterRole.TASK_MANAGER.word() + "-" + number;
    }

    private ClusterProcess start(String name, List<String> arguments) throws IOException {
        return ClusterProcess.start(folder, name, arguments, classPath);
    }

    /** Its processes that were started and not ended by {@link #stop}, task managers last. */
    public List<ClusterProcess> processes() {
        if (!Files.isDirectory(folder.processes())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.processes())) {
            return files.map(file -> new ClusterProcess(file.getFileName().toString(), file))
                    .sorted(ORDER)
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

    /** Where its REST interface is; of several, that of a job manager that runs. */
    public URI rest() {
        return addresses().get(0);
    }

    /** Where its REST interfaces are: each job manager has one, and each answers for all. */
    public List<URI> addresses() {
        List<String> living =
                processes().stream()
                        .filter(ClusterProcess::isAlive)
                        .map(ClusterProcess::name)
                        .toList();
        return jobManagers().addresses(living);
    }

    /** Whether jobs outlive their job manager. */
    public boolean isHighlyAvailable() {
        return JobManagers.isHighlyAvailable(configuration());
    }

    /** Addresses, host and port, at which Prometheus finds the metrics of its processes, if any. */
    public List<String> metrics() {
        Configuration flink = configuration();
        return processes().stream()
                .flatMapToInt(one -> ClusterProcess.metrics(one.name(), flink).stream())
                .mapToObj(port -> rest().getHost() + ":" + port)
                .toList();
    }

    /** Its configuration. */
    public Configuration configuration() {
        return ClusterConfiguration.read(folder);
    }

    /** Ends all its processes, task managers first; what jobs have checkpointed stays. */
    public void stop() throws IOException {
        List<ClusterProcess> all = new ArrayList<>(processes());
        all.sort(ORDER.reversed());
        for (ClusterProcess process : all) {
            process.stop(END);
        }
    }
}
