// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.discontinuation;

import dev.kedge.connectors.onnx.EncoderSettings;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.JobTopics;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.survival.DiscontinuationSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One job file of ad discontinuation.
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
 * @param encoders frozen encoders, off by default
 * @param discontinuation the learner
 */
public record DiscontinuationFile(
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
        EncoderSettings encoders,
        DiscontinuationSettings discontinuation)
        implements JobSettings {
    /** What a file says under {@code job}. */
    public static final String JOB = "discontinuation";

    /** Everything as it is without a file. */
    public static final DiscontinuationFile DEFAULT =
            new DiscontinuationFile(
                    JOB,
                    "ad-discontinuation",
                    Kafka.DEFAULT,
                    Topics.DEFAULT,
                    Delivery.EXACTLY_ONCE,
                    Checkpoints.DEFAULT,
                    Restarts.DEFAULT,
                    1,
                    CACHE,
                    Duration.ZERO,
                    Dashboard.DEFAULT,
                    EncoderSettings.OFF,
                    DiscontinuationSettings.DEFAULT);

    /** Checks what the parts cannot check. */
    public DiscontinuationFile {
        JobSettings.check(JOB, job, name, parallelism, expireAfter);
        if (topics.saysDuplicates() && !discontinuation.creativeMemory().enabled()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "topics.duplicates: %s is not allowed; it must be empty as long as discontinuation.creative-memory.enabled is false",
                            topics.duplicates()));
        }
        int embedding = discontinuation.features().embedding();
        if (encoders.on() && embedding != encoders.width()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "discontinuation.features.embedding: %d is not allowed; it must be %s",
                            embedding,
                            encoders.sum()));
        }
    }

    /**
     * The same on a broker of its own, with a checkpoint every second.
     *
     * @param bootstrapServers the broker
     * @param folder where the checkpoints go
     */
    public DiscontinuationFile local(String bootstrapServers, Path folder) {
        return new DiscontinuationFile(
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
                encoders,
                discontinuation);
    }

    /**
     * The topics.
     *
     * @param creatives what happens to creatives, keyed by model
     * @param scores what Kedge says of them
     * @param metrics how well the models do
     * @param deadLetters what could not be used
     * @param control commands to the models; of one partition, because their order counts
     * @param duplicates which creatives are the same; empty to say nothing of it
     */
    public record Topics(
            String creatives,
            String scores,
            String metrics,
            String deadLetters,
            String control,
            String duplicates)
            implements JobTopics {
        static final Topics DEFAULT =
                new Topics(
                        "kedge.ads.creatives.v1",
                        "kedge.ads.scores.v1",
                        "kedge.ads.metrics.v1",
                        "kedge.ads.creatives.v1.dlq",
                        "kedge.ads.control.v1",
                        "");

        /** Checks the names. */
        public Topics {
            JobTopics.check("topics.creatives", creatives);
            JobTopics.checkShared(scores, metrics, deadLetters, control);
            if (!duplicates.isEmpty()) {
                JobTopics.check("topics.duplicates", duplicates);
            }
        }

        /** Whether near-duplicates have a topic. */
        public boolean saysDuplicates() {
            return !duplicates.isEmpty();
        }

        @Override
        public List<String> inputs() {
            return List.of(creatives);
        }

        @Override
        public List<String> data() {
            List<String> data = new ArrayList<>(JobTopics.super.data());
            if (saysDuplicates()) {
                data.add(duplicates);
            }
            return data;
        }
    }
}
