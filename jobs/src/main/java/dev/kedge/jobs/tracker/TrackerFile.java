// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.JobTopics;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.tracker.TrackerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One job file of tracking.
 *
 * @param job {@value #JOB}
 * @param name name of the job; begins consumer group and transactional ids
 * @param kafka the user's brokers
 * @param topics the topics
 * @param delivery how scores leave
 * @param checkpoints when and where state is kept
 * @param restarts how often the job may fail
 * @param parallelism tasks of each operator
 * @param cache bytes of live models that one task keeps, or a share of its managed memory
 * @param expireAfter event time without an event after which a model is forgotten; 0 for never
 * @param dashboard the page
 * @param tracker the learner
 */
public record TrackerFile(
        String job,
        String name,
        Kafka kafka,
        Topics topics,
        Delivery delivery,
        Checkpoints checkpoints,
        Restarts restarts,
        int parallelism,
        CacheBudget cache,
        Duration expireAfter,
        Dashboard dashboard,
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
                    Delivery.EXACTLY_ONCE,
                    Checkpoints.DEFAULT,
                    Restarts.DEFAULT,
                    1,
                    CACHE,
                    Duration.ZERO,
                    Dashboard.DEFAULT,
                    TrackerSettings.DEFAULT);

    /** Checks what the parts cannot check. */
    public TrackerFile {
        JobSettings.check(JOB, job, name, parallelism, expireAfter);
        JobSettings.checkPart("tracker", tracker::check);
    }

    /**
     * The same on a broker of its own, with a checkpoint every second.
     *
     * @param bootstrapServers the broker
     * @param folder where the checkpoints go
     */
    public TrackerFile local(String bootstrapServers, Path folder) {
        return new TrackerFile(
                job,
                name,
                kafka.at(bootstrapServers),
                topics,
                delivery,
                checkpoints.at(folder),
                restarts,
                parallelism,
                cache,
                expireAfter,
                dashboard,
                tracker);
    }

    /**
     * The topics.
     *
     * @param frames frames with their detections, keyed by model
     * @param scores which detection is of which track
     * @param metrics how well the models do
     * @param deadLetters what could not be used
     * @param control commands to the models; of one partition, because their order counts
     */
    public record Topics(
            String frames, String scores, String metrics, String deadLetters, String control)
            implements JobTopics {
        static final Topics DEFAULT =
                new Topics(
                        "kedge.tracker.frames.v1",
                        "kedge.tracker.scores.v1",
                        "kedge.tracker.metrics.v1",
                        "kedge.tracker.frames.v1.dlq",
                        "kedge.tracker.control.v1");

        /** Checks the names. */
        public Topics {
            JobTopics.check("topics.frames", frames);
            JobTopics.checkShared(scores, metrics, deadLetters, control);
        }

        @Override
        public List<String> inputs() {
            return List.of(frames);
        }
    }
}
