// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.flink.FlinkSetup;
import dev.kedge.jobs.kind.ChosenJob;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;

/**
 * What a job asks of a cluster: what its file says; where that is silent, what the cluster's own
 * configuration says; where that is silent, too, Kedge's defaults. What a job needs to be right at
 * all, such as no generic types, is not left to anybody.
 */
public final class ClusterSetup {
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final double GROWTH = 2;

    /** A job that went so long without a failure begins to count anew. */
    private static final Duration HEALED = Duration.ofMinutes(10);

    private final JobSettings settings;
    private final Set<String> said;
    private final ReadableConfig cluster;
    private final String folder;
    private final Configuration flink = new Configuration();

    private ClusterSetup(ChosenJob<?> job, ReadableConfig cluster) {
        settings = job.settings();
        said = job.said();
        this.cluster = cluster;
        folder =
                folder(job, cluster)
                        .orElseThrow(
                                () ->
                                        ConfigurationException.of(
                                                "checkpoints.directory: neither the job file nor the cluster (%s) says where checkpoints go; it must be a folder that the job manager and all task managers reach",
                                                CheckpointingOptions.CHECKPOINTS_DIRECTORY.key()));
    }

    /**
     * Writes the configuration of a job.
     *
     * @param cluster what holds without the job
     * @throws ConfigurationException if nobody says where checkpoints go
     */
    static Configuration of(ChosenJob<?> job, ReadableConfig cluster) {
        ClusterSetup setup = new ClusterSetup(job, cluster);
        setup.always();
        setup.checkpoints();
        setup.restarts();
        return setup.flink;
    }

    private void always() {
        FlinkSetup.always(flink, settings);
        otherwise(ExecutionOptions.BUFFER_TIMEOUT, FlinkSetup.FLUSHED);
        if (said.contains("parallelism")) {
            flink.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
        }
    }

    private void checkpoints() {
        JobSettings.Checkpoints checkpoints = settings.checkpoints();
        set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints.every(), "checkpoints.every");
        set(
                CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
                checkpoints.toleratedFailures(),
                "checkpoints.tolerated-failures");
        set(
                CheckpointingOptions.MAX_RETAINED_CHECKPOINTS,
                checkpoints.retained(),
                "checkpoints.retained");
        otherwise(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        otherwise(StateBackendOptions.STATE_BACKEND, "rocksdb");
        otherwise(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder);
    }

    /**
     * Where a job's checkpoints go: a folder of its own, so that its newest can be found by its
     * name.
     *
     * @param cluster what holds without the job
     * @return empty if neither the job file nor the cluster says it
     */
    public static Optional<String> folder(ChosenJob<?> job, ReadableConfig cluster) {
        JobSettings settings = job.settings();
        return job.said().contains("checkpoints.directory")
                ? Optional.of(settings.checkpointUri())
                : cluster.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                        .map(base -> base.replaceAll("/+$", "") + "/" + settings.name());
    }

    /**
     * What never heals must end at last: Flink's own strategy would restart for ever. Brokers that
     * are away for minutes are survived.
     */
    private void restarts() {
        boolean ours = said.contains("restarts.max-without-checkpoint");
        if (!ours && cluster.getOptional(RestartStrategyOptions.RESTART_STRATEGY).isPresent()) {
            return;
        }
        int most = settings.restarts().maxWithoutCheckpoint();
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, most > 0 ? "exponential-delay" : "none");
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS,
                Math.max(1, most));
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                FlinkSetup.FIRST_DELAY);
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER,
                GROWTH);
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                LONGEST_DELAY);
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                HEALED);
    }

    private <T> void set(ConfigOption<T> option, T value, String field) {
        if (said.contains(field)) {
            flink.set(option, value);
        } else {
            otherwise(option, value);
        }
    }

    private <T> void otherwise(ConfigOption<T> option, T value) {
        if (cluster.getOptional(option).isEmpty()) {
            flink.set(option, value);
        }
    }
}
