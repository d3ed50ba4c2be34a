// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.operators.stream.LiveModels;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job with its settings, ready to be added to an environment. */
public interface StreamJob {
    /** The settings. */
    JobSettings settings();

    /** What it keeps of each key; empty for a job that keeps no models. */
    default Optional<LiveModels<?, ?, ?>> models() {
        return Optional.empty();
    }

    /** Adds the job to an environment. */
    void build(StreamExecutionEnvironment environment);
}
