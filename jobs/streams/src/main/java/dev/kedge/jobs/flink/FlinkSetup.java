// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import static org.apache.flink.configuration.CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION;
import static org.apache.flink.configuration.CheckpointingOptions.TOLERABLE_FAILURE_NUMBER;
import static org.apache.flink.configuration.ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION;
import static org.apache.flink.configuration.RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.metrics.Reporters;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;

/**
 * Flink's configuration of a job: RocksDB, incremental exactly-once checkpoints that stay, no
 * generic types.
 */
public final class FlinkSetup {
    /** How long the first restart waits; the next ones wait longer. */
    public static final Duration FIRST_DELAY = Duration.ofMillis(500);

    /**
     * How long a record may wait for others on its way from the decoder to the learner. Flink's
     * default of 100 ms is most of what a score takes at a low rate; at a high one buffers fill
     * sooner than this.
     */
    public static final Duration FLUSHED = Duration.ofMillis(10);

    private FlinkSetup() {}

    /** What holds wherever a job runs, whatever a cluster's own configuration says. */
    public static void always(Configuration flink, JobSettings settings) {
        flink.set(PipelineOptions.NAME, settings.name());
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
    }

    /**
     * Writes the configuration.
     *
     * @param settings the job
     * @param resume checkpoint or savepoint to go on from, if any
     */
    public static Configuration of(JobSettings settings, Optional<String> resume) {
        Configuration flink = new Configuration();
        always(flink, settings);
        flink.set(ExecutionOptions.BUFFER_TIMEOUT, FLUSHED);
        flink.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpoints().every());
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, settings.checkpointUri());
        flink.set(EXTERNALIZED_CHECKPOINT_RETENTION, RETAIN_ON_CANCELLATION);
        flink.set(TOLERABLE_FAILURE_NUMBER, settings.checkpoints().toleratedFailures());
        flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, settings.checkpoints().retained());
        // What a run goes on from stays whole and its own: the first checkpoint repeats all of it,
        // and an ended run's files can go as soon as nobody goes on from them.
        flink.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        flink.set(RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, FIRST_DELAY);
        Reporters.of(settings.metrics()).forEach(flink::setString);
        resume.ifPresent(path -> flink.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        return flink;
    }
}
