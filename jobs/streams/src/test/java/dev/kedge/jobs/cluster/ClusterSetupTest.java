// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.config.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.junit.jupiter.api.Test;

/** What counts on a cluster: the job file, then the cluster, then Kedge. */
class ClusterSetupTest {
    private static final Map<String, String> FOLDER =
            Map.of("execution.checkpointing.dir", "s3://bucket/flink/");

    private static Configuration setup(String yaml, Map<String, String> cluster) {
        return ClusterSetup.of(Jobs.parse(yaml, "job"), Configuration.fromMap(cluster));
    }

    private static Map<String, String> andFolder(String name, String value) {
        return Map.of(name, value, "execution.checkpointing.dir", "s3://bucket/flink/");
    }

    private static <T> void says(Configuration flink, ConfigOption<T> option, T value) {
        assertThat(flink.getOptional(option)).as(option.key()).contains(value);
    }

    private static void leaves(Configuration flink, ConfigOption<?> option) {
        assertThat(flink.getOptional(option)).as(option.key()).isEmpty();
    }

    @Test
    void whereBothAreSilentKedgesDefaultsHold() {
        Configuration flink = setup("name: ads", FOLDER);

        says(flink, PipelineOptions.NAME, "ads");
        says(flink, CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        says(flink, StateBackendOptions.STATE_BACKEND, "rocksdb");
        says(flink, CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        says(
                flink,
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        leaves(flink, CoreOptions.DEFAULT_PARALLELISM);
    }

    @Test
    void whereTheFileIsSilentTheClusterIsHeard() {
        Configuration flink =
                setup(
                        "name: ads",
                        Map.of(
                                "execution.checkpointing.dir", "s3://bucket/flink/",
                                "execution.checkpointing.interval", "1 min",
                                "execution.checkpointing.tolerable-failed-checkpoints", "3",
                                "state.backend.type", "forst",
                                "restart-strategy.type", "fixed-delay"));

        says(flink, CheckpointingOptions.CHECKPOINTS_DIRECTORY, "s3://bucket/flink/ads");
        leaves(flink, CheckpointingOptions.CHECKPOINTING_INTERVAL);
        leaves(flink, CheckpointingOptions.TOLERABLE_FAILURE_NUMBER);
        leaves(flink, StateBackendOptions.STATE_BACKEND);
        leaves(flink, RestartStrategyOptions.RESTART_STRATEGY);
    }

    @Test
    void theFileCountsBeforeTheCluster() {
        Configuration flink =
                setup(
                        """
                        name: ads
                        parallelism: 3
                        checkpoints: {every: 2 s, directory: 'hdfs:///kedge', tolerated-failures: 0}
                        restarts: {max-without-checkpoint: 4}
                        """,
                        Map.of(
                                "parallelism.default", "8",
                                "execution.checkpointing.dir", "s3://bucket/flink/",
                                "execution.checkpointing.interval", "1 min",
                                "restart-strategy.type", "fixed-delay"));

        says(flink, CoreOptions.DEFAULT_PARALLELISM, 3);
        says(flink, CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(2));
        says(flink, CheckpointingOptions.CHECKPOINTS_DIRECTORY, "hdfs:///kedge/ads");
        says(flink, CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 0);
        says(flink, RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        says(flink, RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 4);
    }

    @Test
    void aJobThatNeverHealsEndsAtLast() {
        Configuration flink = setup("name: ads", FOLDER);

        says(flink, RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        says(flink, RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 10);
        says(
                flink,
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(10));
    }

    @Test
    void aFileThatAllowsNoRestartHasNone() {
        says(
                setup("restarts: {max-without-checkpoint: 0}", FOLDER),
                RestartStrategyOptions.RESTART_STRATEGY,
                "none");
    }

    @Test
    void whatMakesAJobRightIsNotLeftToAnybody() {
        Configuration flink = setup("name: ads", andFolder("pipeline.generic-types", "true"));

        says(flink, PipelineOptions.GENERIC_TYPES, false);
        says(flink, PipelineOptions.OBJECT_REUSE, true);
    }

    @Test
    void aRecordWaitsTenMillisecondsForOthersUnlessTheClusterSaysOtherwise() {
        Duration own = Duration.ofMillis(10);
        String option = ExecutionOptions.BUFFER_TIMEOUT.key();

        says(setup("name: ads", FOLDER), ExecutionOptions.BUFFER_TIMEOUT, own);
        assertThat(
                        setup("name: ads", andFolder(option, "100 ms"))
                                .contains(ExecutionOptions.BUFFER_TIMEOUT))
                .isFalse();
    }

    @Test
    void withoutAFolderForCheckpointsThereIsNoJob() {
        assertThatThrownBy(() -> setup("name: ads", Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "checkpoints.directory: neither the job file nor the cluster (execution.checkpointing.dir) says where checkpoints go; it must be a folder that the job manager and all task managers reach");
    }
}
