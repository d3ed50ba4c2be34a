// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.config.ConfigurationException;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.SchedulerExecutionMode;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;

/**
 * What a cluster has room for.
 *
 * @param total slots of all task managers
 * @param free those that no job has
 * @param adaptive whether a job takes what there is, and more when there is more
 */
record Slots(int total, int free, boolean adaptive) {
    private static final int MOST = 1024;

    /** Asks a cluster. */
    static Slots of(FlinkRest rest, Configuration cluster) {
        ClusterOverview seen =
                rest.overview()
                        .orElseThrow(
                                () -> new ClusterException(rest.address() + ": nobody answers"));
        return new Slots(seen.getNumSlotsTotal(), seen.getNumSlotsAvailable(), isAdaptive(cluster));
    }

    /** Whether jobs of a cluster can get more tasks and fewer while they run. */
    static boolean isAdaptive(Configuration cluster) {
        return cluster.get(JobManagerOptions.SCHEDULER) == JobManagerOptions.SchedulerType.Adaptive
                || cluster.get(JobManagerOptions.SCHEDULER_MODE) == SchedulerExecutionMode.REACTIVE;
    }

    /** How many slots a job takes: as many as its widest vertex has tasks. */
    static int needed(JobFile file, OptionalInt told, Configuration cluster) {
        if (told.isPresent()) {
            return parallelism(told.getAsInt());
        }
        return file.chosen().said().contains("parallelism")
                ? file.settings().parallelism()
                : cluster.get(CoreOptions.DEFAULT_PARALLELISM);
    }

    /**
     * Checks a number of tasks that a person said.
     *
     * @throws ConfigurationException if it is none
     */
    static int parallelism(int said) {
        if (said < 1 || said > MOST) {
            throw ConfigurationException.of(
                    "parallelism: %d is not allowed; it must be between 1 and %d", said, MOST);
        }
        return said;
    }

    /**
     * Checks that a job finds room.
     *
     * @param name of the job
     * @param needed slots that it takes
     * @return what a person should know; empty if it gets all that it needs
     * @throws ClusterException if it would only wait
     */
    Optional<String> require(String name, int needed) {
        if (free >= needed) {
            return Optional.empty();
        }
        String said =
                format(
                        "%s needs %d %s, %d of %d %s free",
                        name,
                        needed,
                        needed == 1 ? "slot" : "slots",
                        free,
                        total,
                        free == 1 ? "is" : "are");
        if (adaptive && free > 0) {
            return Optional.of(said + "; it runs in fewer until there are more");
        }
        throw new ClusterException(
                said
                        + "; add a task manager (kedge cluster up --task-managers N), or end another job");
    }
}
