// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import java.util.stream.Stream;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * An environment whose jobs run on a {@link SealedMiniCluster} of their own, where Flink's local
 * environment would open its servers.
 */
public final class SealedEnvironment {
    private SealedEnvironment() {}

    /**
     * Makes an environment.
     *
     * @param parallelism of its jobs
     * @param flink Flink's configuration
     */
    public static StreamExecutionEnvironment create(int parallelism, Configuration flink) {
        Configuration local = new Configuration(flink);
        local.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
        local.set(DeploymentOptions.ATTACHED, true);
        StreamExecutionEnvironment environment =
                new StreamExecutionEnvironment(
                        new Executors(), local, SealedEnvironment.class.getClassLoader());
        environment.setParallelism(parallelism);
        return environment;
    }

    private static MiniCluster cluster(MiniClusterConfiguration described) {
        Configuration flink = described.getConfiguration();
        return new SealedMiniCluster(flink, flink.get(TaskManagerOptions.NUM_TASK_SLOTS));
    }

    private static final class Executors implements PipelineExecutorServiceLoader {
        @Override
        public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
            return new Factory();
        }

        @Override
        public Stream<String> getExecutorNames() {
            return Stream.of(LocalExecutor.NAME);
        }
    }

    private static final class Factory implements PipelineExecutorFactory {
        @Override
        public String getName() {
            return LocalExecutor.NAME;
        }

        @Override
        public boolean isCompatibleWith(Configuration configuration) {
            return true;
        }

        @Override
        public PipelineExecutor getExecutor(Configuration configuration) {
            return LocalExecutor.createWithFactory(configuration, SealedEnvironment::cluster);
        }
    }
}
