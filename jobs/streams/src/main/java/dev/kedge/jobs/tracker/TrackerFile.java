// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.JobTopics;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Schema;
import java.nio.file.Path;
import java.util.List;

/** One job file of tracking. */
public record TrackerFile(
        @Meaning("Which job: `tracker`.") String job,
        @Meaning(JobSettings.NAME_MEANING)
                @Matching(value = Matching.NAME, allowed = Matching.NAME_ALLOWED)
                String name,
        Kafka kafka,
        Topics topics,
        @Group Operation operation,
        TrackerSettings tracker)
        implements JobSettings {
    /** What a file says under {@code job}. */
    public static final String JOB = "tracker";

    /** Everything as it is without a file, but for {@code job}. */
    public static final TrackerFile DEFAULT =
            new TrackerFile(
                    JOB,
                    "tracker",
                    Kafka.DEFAULT,
                    Topics.DEFAULT,
                    Operation.DEFAULT,
                    TrackerSettings.DEFAULT);

    /** Checks that the file is for this job. */
    public TrackerFile {
        Checks.require(job.equals(JOB), "job", job, JOB);
    }

    /** The same on a broker of its own; see {@link JobSettings#local}. */
    public TrackerFile local(String bootstrapServers, Path folder) {
        return JobSettings.local(this, bootstrapServers, folder);
    }

    /** The same with another value of a field; see {@link Schema#with}. */
    public TrackerFile with(String field, Object value) {
        return Schema.with(this, field, value);
    }

    /** The topics. */
    public record Topics(
            @Meaning("Frames with their detections, keyed by model.")
                    @Matching(value = JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String frames,
            @Meaning("Which detection is of which track.")
                    @Matching(value = JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String scores,
            @Meaning(JobTopics.METRICS_MEANING)
                    @Matching(value = JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String metrics,
            @Meaning(JobTopics.DEAD_LETTERS_MEANING)
                    @Matching(value = JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String deadLetters,
            @Meaning(JobTopics.CONTROL_MEANING)
                    @Matching(value = JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String control)
            implements JobTopics {
        static final Topics DEFAULT =
                new Topics(
                        "kedge.tracker.frames.v1",
                        "kedge.tracker.scores.v1",
                        "kedge.tracker.metrics.v1",
                        "kedge.tracker.frames.v1.dlq",
                        "kedge.tracker.control.v1");

        @Override
        public List<String> inputs() {
            return List.of(frames);
        }
    }
}
