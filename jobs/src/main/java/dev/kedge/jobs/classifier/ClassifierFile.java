// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.JobTopics;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.flink.CacheBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One job file of continual classification.
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
 * @param classifier the learner
 */
public record ClassifierFile(
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
        ClassifierSettings classifier)
        implements JobSettings {
    /** What a file says under {@code job}. */
    public static final String JOB = "classifier";

    /** Everything as it is without a file, but for {@code job}. */
    public static final ClassifierFile DEFAULT =
            new ClassifierFile(
                    JOB,
                    "classifier",
                    Kafka.DEFAULT,
                    Topics.DEFAULT,
                    Delivery.EXACTLY_ONCE,
                    Checkpoints.DEFAULT,
                    Restarts.DEFAULT,
                    1,
                    CACHE,
                    Duration.ZERO,
                    Dashboard.DEFAULT,
                    ClassifierSettings.DEFAULT);

    /** Checks what the parts cannot check. */
    public ClassifierFile {
        JobSettings.check(JOB, job, name, parallelism, expireAfter);
        JobSettings.checkPart("classifier", classifier::check);
    }

    /**
     * The same on a broker of its own, with a checkpoint every second.
     *
     * @param bootstrapServers the broker
     * @param folder where the checkpoints go
     */
    public ClassifierFile local(String bootstrapServers, Path folder) {
        return new ClassifierFile(
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
                classifier);
    }

    /**
     * The topics.
     *
     * @param samples what to classify, keyed by model; labels may be there, too
     * @param labels labels that come apart from their samples, keyed by model; the same topic as
     *     {@code samples} where one order of both counts
     * @param scores what Kedge says of samples
     * @param metrics how well the models do
     * @param deadLetters what could not be used
     * @param control commands to the models; of one partition, because their order counts
     */
    public record Topics(
            String samples,
            String labels,
            String scores,
            String metrics,
            String deadLetters,
            String control)
            implements JobTopics {
        static final Topics DEFAULT =
                new Topics(
                        "kedge.classifier.samples.v1",
                        "kedge.classifier.labels.v1",
                        "kedge.classifier.scores.v1",
                        "kedge.classifier.metrics.v1",
                        "kedge.classifier.samples.v1.dlq",
                        "kedge.classifier.control.v1");

        /** Checks the names. */
        public Topics {
            JobTopics.check("topics.samples", samples);
            JobTopics.check("topics.labels", labels);
            JobTopics.checkShared(scores, metrics, deadLetters, control);
        }

        @Override
        public List<String> inputs() {
            return Stream.of(samples, labels).distinct().toList();
        }
    }
}
