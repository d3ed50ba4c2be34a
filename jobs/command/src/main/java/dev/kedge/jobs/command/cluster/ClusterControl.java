// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.files.DiskUse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;

/**
 * A cluster on this machine as people start, look at and end it.
 *
 * @param cluster the cluster
 * @param waiting how to wait for it
 * @param tell takes lines for people
 */
public record ClusterControl(LocalCluster cluster, Waiting waiting, Consumer<String> tell) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Starts what is missing, and waits until all of it has found together.
     *
     * @throws ClusterException if a process ends, or they do not find together
     */
    public void up(ClusterOptions options) throws IOException {
        boolean wasUp = cluster.isUp();
        List<String> started = cluster.start(options);
        ClusterHosts hosts = cluster.hosts();
        if (hosts.hasMaster()) {
            ClusterOverview seen = await();
            tell.accept(
                    format(
                            "the cluster is up%s at %s: %s, %s%s",
                            started.isEmpty() && wasUp ? " already" : "",
                            cluster.rest(),
                            count(seen.getNumTaskManagersConnected(), "task manager"),
                            count(seen.getNumSlotsTotal(), "slot"),
                            wasUp && !started.isEmpty()
                                    ? " (new: " + String.join(", ", started) + ")"
                                    : ""));
        } else {
            tell.accept(
                    format(
                            "%s started; they look for the job manager at %s",
                            count(started.size(), "task manager"), cluster.rest().getHost()));
        }
        int more = cluster.taskManagers() - options.taskManagers().orElse(Integer.MAX_VALUE);
        int standby = cluster.jobManagers().here().size();
        if (standby > options.jobManagers().orElse(Integer.MAX_VALUE)) {
            tell.accept(
                    format(
                            "%s stay; fewer can be had after kedge cluster down",
                            count(standby, "job manager")));
        }
        if (more > 0) {
            tell.accept(
                    "more task managers than asked for are up; kedge cluster down ends all, and up starts as many as you say");
        }
        if (!hosts.others().isEmpty()) {
            tell.accept(
                    "what belongs to "
                            + String.join(", ", hosts.others())
                            + " is started there, by the same command with the same folder");
        }
        tell.accept("logs: " + cluster.folder().logs() + "; kedge cluster down ends it");
    }

    private ClusterOverview await() {
        try (FlinkRest rest = new FlinkRest(cluster.addresses())) {
            int expected = cluster.taskManagers();
            int slots = expected * cluster.configuration().get(TaskManagerOptions.NUM_TASK_SLOTS);
            Optional<ClusterOverview> seen =
                    waiting.until(
                            PATIENCE,
                            () -> {
                                cluster.requireAlive();
                                return rest.overview()
                                        .filter(o -> o.getNumTaskManagersConnected() >= expected)
                                        .filter(o -> o.getNumSlotsTotal() >= slots)
                                        .map(o -> o);
                            });
            return seen.orElseThrow(
                    () ->
                            new ClusterException(
                                    format(
                                            "after %d s not all of %s have found the job manager at %s; their logs are in %s",
                                            PATIENCE.toSeconds(),
                                            count(expected, "task manager"),
                                            cluster.rest(),
                                            cluster.folder().logs())));
        }
    }

    /** Ends all its processes. */
    public void down() throws IOException {
        Path folder = cluster.folder().folder();
        if (cluster.processes().isEmpty()) {
            tell.accept(folder + ": no cluster is up");
            return;
        }
        List<String> jobs = jobs();
        int ended = (int) cluster.processes().stream().filter(ClusterProcess::isAlive).count();
        cluster.stop();
        tell.accept(format("%s: %s ended", folder, count(ended, "process")));
        if (!jobs.isEmpty()) {
            tell.accept(
                    "jobs that ran: "
                            + String.join(", ", jobs)
                            + (cluster.isHighlyAvailable()
                                    ? "; kedge cluster up goes on with them"
                                    : "; kedge submit goes on from their newest checkpoints"));
        }
        tell.accept(
                format(
                        "what stays in %s: checkpoints and savepoints (%s), configuration, logs",
                        folder, state().size()));
    }

    private DiskUse state() {
        Path checkpoints = cluster.folder().checkpoints();
        Path savepoints = cluster.folder().savepoints();
        return new DiskUse(
                checkpoints, DiskUse.of(checkpoints).bytes() + DiskUse.of(savepoints).bytes());
    }

    private List<String> jobs() {
        try (FlinkRest rest = new FlinkRest(cluster.addresses())) {
            return running(rest.jobs()).stream().map(JobDetails::getJobName).sorted().toList();
        } catch (ClusterException e) {
            // It does not answer: then it is only ended.
            return List.of();
        }
    }

    private static List<JobDetails> running(Collection<JobDetails> jobs) {
        return jobs.stream().filter(job -> !job.getStatus().isGloballyTerminalState()).toList();
    }

    /**
     * What there is of it.
     *
     * @return lines for people
     * @throws ClusterException if it is not up
     */
    public List<String> status() {
        Path folder = cluster.folder().folder();
        if (!cluster.isUp()) {
            throw new ClusterException(folder + ": no cluster is up; kedge cluster up starts one");
        }
        try (FlinkRest rest = new FlinkRest(cluster.addresses())) {
            List<String> lines = new ArrayList<>();
            boolean answers = rest.overview().isPresent();
            lines.add(folder + ": " + cluster.rest() + (answers ? "" : ", which does not answer"));
            Map<String, TaskManagerInfo> registered =
                    answers
                            ? rest.taskManagers().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    one -> one.getResourceId().toString(),
                                                    one -> one))
                            : Map.of();
            Optional<URI> leader =
                    cluster.isHighlyAvailable()
                            ? Leader.of(cluster.configuration())
                            : Optional.empty();
            for (ClusterProcess process : cluster.processes()) {
                lines.add(line(process, registered, leader));
            }
            if (answers) {
                List<String> jobs =
                        running(rest.jobs()).stream()
                                .map(job -> job.getJobName() + " " + job.getStatus())
                                .sorted()
                                .toList();
                lines.add(row("jobs", jobs.isEmpty() ? "none" : String.join(", ", jobs)));
            }
            List<String> metrics = cluster.metrics();
            if (!metrics.isEmpty()) {
                lines.add(row("metrics", String.join(", ", metrics) + ", at /metrics"));
            }
            lines.add(row("state", state().size() + " in " + cluster.folder().checkpoints()));
            lines.add(row("logs", cluster.folder().logs().toString()));
            return lines;
        }
    }

    private String line(
            ClusterProcess process, Map<String, TaskManagerInfo> registered, Optional<URI> leader) {
        Optional<ProcessHandle> running = process.handle();
        if (running.isEmpty()) {
            return row(process.name(), "ended by itself: " + process.lastWords(cluster.folder()));
        }
        String pid = "process " + running.get().pid();
        if (!process.isTaskManager()) {
            return row(process.name(), pid + rest(process, leader));
        }
        Optional<TaskManagerInfo> info =
                Optional.ofNullable(
                        registered.get(
                                ClusterProcess.resource(process.name(), cluster.configuration())));
        return row(
                process.name(),
                pid
                        + info.map(
                                        one ->
                                                format(
                                                        ", %d of %s free",
                                                        one.getNumberAvailableSlots(),
                                                        count(one.getNumberSlots(), "slot")))
                                .orElse(", not registered"));
    }

    /** Of several job managers, each says where it is and whether it leads. */
    private String rest(ClusterProcess process, Optional<URI> leader) {
        return leader.isEmpty()
                ? ""
                : cluster.jobManagers()
                        .named(process.name())
                        .map(
                                one ->
                                        ", "
                                                + one.rest()
                                                + (leader.get().equals(one.rest())
                                                        ? ", leads"
                                                        : ", stands by"))
                        .orElse("");
    }

    private static String row(String name, String value) {
        return format("  %-14s %s", name, value);
    }

    private static String count(int number, String of) {
        return number + " " + of + (number == 1 ? "" : of.endsWith("s") ? "es" : "s");
    }
}
