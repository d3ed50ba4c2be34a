// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.metrics;

import dev.kedge.operators.flink.KedgeMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Those of Flink's own metrics that tell how a job is, and the filter that lets a reporter have
 * these and Kedge's alone: Flink counts some hundred things of each task, and Kafka's clients as
 * many again.
 */
public final class FlinkMetrics {
    private static final String JOB_MANAGER = "jobmanager";
    private static final String JOB = "jobmanager.job";
    private static final String TASK = "taskmanager.job.task";
    private static final String OPERATOR = "taskmanager.job.task.operator";
    private static final String JVM = ".Status.JVM.";

    /**
     * What only tells one attempt of a task from the next: with it, each restart makes new series.
     */
    private static final String VARIABLES =
            "job_id;task_id;task_attempt_id;task_attempt_num;operator_id";

    private static final List<Metric> CHOSEN =
            List.of(
                    new Metric(
                            JOB_MANAGER,
                            "numRegisteredTaskManagers",
                            "task managers that are there"),
                    new Metric(JOB_MANAGER, "numRunningJobs", "jobs that are not over"),
                    new Metric(JOB_MANAGER, "taskSlotsAvailable", "free slots"),
                    new Metric(JOB_MANAGER, "taskSlotsTotal", "all slots"),
                    new Metric(JOB, "runningTime", "ms since all tasks run; 0 while they do not"),
                    new Metric(
                            JOB,
                            "restartingTime",
                            "ms since it began to restart; 0 while it does not"),
                    new Metric(JOB, "numRestarts", "restarts since it was submitted"),
                    new Metric(JOB, "numberOfCompletedCheckpoints", "complete checkpoints"),
                    new Metric(JOB, "numberOfFailedCheckpoints", "failed checkpoints"),
                    new Metric(JOB, "numberOfInProgressCheckpoints", "checkpoints under way"),
                    new Metric(
                            JOB,
                            "lastCheckpointCompletedTimestamp",
                            "when the newest was complete, epoch ms; -1 without any"),
                    new Metric(JOB, "lastCheckpointDuration", "ms that it took"),
                    new Metric(JOB, "lastCheckpointSize", "bytes that it wrote"),
                    new Metric(JOB, "lastCheckpointFullSize", "bytes that it holds"),
                    new Metric(
                            TASK,
                            "busyTimeMsPerSecond",
                            "ms of each second in which the task worked"),
                    new Metric(
                            TASK,
                            "backPressuredTimeMsPerSecond",
                            "ms of each second in which it waited for the tasks behind it"),
                    new Metric(
                            TASK,
                            "idleTimeMsPerSecond",
                            "ms of each second in which it had nothing to do"),
                    new Metric(
                            OPERATOR,
                            "numRecordsIn",
                            "records read by an operator; of a source: from Kafka"),
                    new Metric(
                            OPERATOR,
                            "pendingRecords",
                            "consumer lag: records of its partitions that a source has not read yet; there once it has read some"),
                    new Metric(JOB_MANAGER + JVM + "Memory.Heap", "Used", "bytes of heap in use"),
                    new Metric(JOB_MANAGER + JVM + "Memory.Heap", "Max", "bytes of heap at most"),
                    new Metric("taskmanager" + JVM + "Memory.Heap", "Used", "bytes of heap in use"),
                    new Metric("taskmanager" + JVM + "Memory.Heap", "Max", "bytes of heap at most"),
                    new Metric(
                            "taskmanager" + JVM + "Memory.Metaspace", "Used", "bytes of classes"),
                    new Metric(
                            "taskmanager" + JVM + "Memory.Direct",
                            "MemoryUsed",
                            "bytes of direct buffers"),
                    new Metric(
                            "taskmanager" + JVM + "CPU",
                            "Load",
                            "share of the machine's processors that the process takes"),
                    new Metric(
                            "taskmanager" + JVM + "GarbageCollector.All",
                            "TimeMsPerSecond",
                            "ms of each second in which garbage was collected"));

    /**
     * A metric of Flink's.
     *
     * @param scope whose: logical scope, with dots
     * @param name its name
     * @param meaning what it tells
     */
    public record Metric(String scope, String name, String meaning) {
        /** How Prometheus knows it. */
        public String series() {
            return "flink_" + (scope + "." + name).replace('.', '_');
        }
    }

    private FlinkMetrics() {}

    /** Those that matter. */
    public static List<Metric> chosen() {
        return CHOSEN;
    }

    /** How Prometheus knows a metric of Kedge's. */
    public static List<String> series(KedgeMetric metric) {
        String label = metric.label().isEmpty() ? "" : metric.label() + "_";
        String learn = "flink_taskmanager_job_task_operator_kedge_" + label + metric.metricName();
        boolean plain = metric.place() == KedgeMetric.Place.DECODE;
        String name = plain ? learn.replace("kedge_", "") : learn;
        return metric.kind() == KedgeMetric.Kind.HISTOGRAM
                ? List.of(name, name + "_count")
                : List.of(name);
    }

    /**
     * Options of Flink by which a reporter gets Kedge's metrics and the chosen ones, and no labels
     * that differ from attempt to attempt.
     *
     * @param reporter what its options begin with, up to the last dot
     */
    public static Map<String, String> filter(String reporter) {
        Map<String, List<String>> names = new TreeMap<>();
        for (Metric metric : CHOSEN) {
            names.computeIfAbsent(metric.scope(), scope -> new ArrayList<>()).add(metric.name());
        }
        List<String> decoded = names.get(OPERATOR);
        for (KedgeMetric metric : KedgeMetric.values()) {
            if (metric.place() == KedgeMetric.Place.DECODE) {
                decoded.add(metric.metricName());
            }
        }
        String flink =
                names.entrySet().stream()
                        .map(scope -> scope.getKey() + ":" + String.join(",", scope.getValue()))
                        .collect(Collectors.joining(";"));
        String kedge = OPERATOR + "." + KedgeMetric.GROUP;
        return Map.of(
                reporter + "filter.includes",
                kedge + ";" + kedge + ".*;" + flink,
                reporter + "scope.variables.excludes",
                VARIABLES);
    }
}
