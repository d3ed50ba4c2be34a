// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.feed.InputPlaces;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.kind.ChosenJob;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main class of the job jar: hands one job file to the Flink cluster that runs it. Whatever is
 * wrong with the file is the message of the exception, in one line.
 */
public final class StreamJobMain {
    private static final Logger LOG = LoggerFactory.getLogger(StreamJobMain.class);

    private StreamJobMain() {}

    /**
     * Builds the job and hands it over.
     *
     * @param arguments {@code --job FILE|URI} or {@code --job-inline BASE64}; {@code --check} looks
     *     at brokers and topics first, {@code --newest} goes on from the job's newest checkpoint,
     *     {@code --parallelism N} counts before what the file says
     * @throws ConfigurationException if the file is wrong, or the cluster does not suit it
     */
    public static void main(String[] arguments) throws Exception {
        JobArguments told = JobArguments.of(arguments);
        ChosenJob<?> chosen = Jobs.parse(told.text(), told.source());
        try {
            if (told.check()) {
                LocalTopics.require(chosen.settings()).forEach(LOG::warn);
            }
            submit(chosen, told);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(chosen.references().hide(e.getMessage()));
        }
    }

    private static void submit(ChosenJob<?> chosen, JobArguments told) throws Exception {
        ReadableConfig cluster =
                StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
        Configuration flink = ClusterSetup.of(chosen, cluster);
        told.parallelism().ifPresent(tasks -> flink.set(CoreOptions.DEFAULT_PARALLELISM, tasks));
        String folder = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        Optional<String> from = cluster.getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
        if (from.isEmpty() && told.newest()) {
            from = NewestState.below(folder);
        }
        from.ifPresent(path -> flink.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        Optional<InputPlaces> places = places(chosen, told, folder, from);
        Submitted submitted =
                new Submitted(
                        folder,
                        from,
                        KeptJobFile.write(folder, told.text()),
                        cluster.getOptional(Submitted.JAR),
                        told.parallelism());
        flink.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, submitted.parameters());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(flink);
        try (ClusterFiles files = new ClusterFiles()) {
            chosen.job(files).build(environment);
            environment.execute(chosen.settings().name());
        }
        // Not reached where the job is only looked at: Flink ends the program above.
        places.ifPresent(InputPlaces::keep);
    }

    private static Optional<InputPlaces> places(
            ChosenJob<?> chosen, JobArguments told, String folder, Optional<String> from) {
        if (!told.check()) {
            return Optional.empty();
        }
        InputPlaces places = InputPlaces.look(chosen.settings(), folder, from);
        places.lost().forEach(LOG::warn);
        return Optional.of(places);
    }
}
