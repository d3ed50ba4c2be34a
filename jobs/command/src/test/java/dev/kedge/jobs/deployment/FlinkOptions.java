// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.deployment;

import dev.kedge.jobs.metrics.Reporters;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;

/** The options that Flink and its operator know. */
final class FlinkOptions {
    private static final List<Class<?>> FLINK =
            List.of(
                    BlobServerOptions.class,
                    CheckpointingOptions.class,
                    CoreOptions.class,
                    HeartbeatManagerOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    KubernetesConfigOptions.class,
                    RestOptions.class,
                    StateBackendOptions.class,
                    TaskManagerOptions.class);

    /**
     * The operator's and its autoscaler's, from their reference: no artefact of newer versions is
     * to be had, and those of older ones bring classes of Flink's own along.
     */
    private static final Set<String> OPERATOR =
            Set.of(
                    "job.autoscaler.enabled",
                    "job.autoscaler.metrics.window",
                    "job.autoscaler.restart.time",
                    "job.autoscaler.stabilization.interval",
                    "job.autoscaler.target.utilization",
                    "job.autoscaler.vertex.max-parallelism",
                    "kubernetes.operator.bluegreen.abort.grace-period",
                    "kubernetes.operator.bluegreen.deployment-deletion.delay",
                    "kubernetes.operator.bluegreen.reconciliation.reschedule-interval",
                    "kubernetes.operator.job.upgrade.last-state-fallback.enabled",
                    "kubernetes.operator.periodic.savepoint.interval",
                    "kubernetes.operator.savepoint.format.type",
                    "kubernetes.operator.savepoint.history.max.age",
                    "kubernetes.operator.savepoint.history.max.count");

    /** What the samples tell Flink's reporter for Prometheus: as {@code kedge cluster up} does. */
    static final Map<String, String> REPORTER = Reporters.prometheus(9249);

    private FlinkOptions() {}

    /** All names; old ones, which Flink still reads, are not among them. */
    static Set<String> known() {
        Set<String> names = new HashSet<>(OPERATOR);
        names.addAll(REPORTER.keySet());
        for (Class<?> options : FLINK) {
            for (Field field : options.getFields()) {
                if (ConfigOption.class.isAssignableFrom(field.getType())) {
                    names.add(option(field).key());
                }
            }
        }
        return names;
    }

    private static ConfigOption<?> option(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The memory that Flink gives to the parts of a job manager; it refuses what does not fit. */
    static JobManagerProcessSpec jobManager(Map<String, String> options) {
        return JobManagerProcessUtils.processSpecFromConfig(Configuration.fromMap(options));
    }

    /** The memory that Flink gives to the parts of a task manager; it refuses what does not fit. */
    static TaskExecutorProcessSpec taskManager(Map<String, String> options) {
        return TaskExecutorProcessUtils.processSpecFromConfig(Configuration.fromMap(options));
    }
}
