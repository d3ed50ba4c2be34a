// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.JobTopics;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One job file of continual classification. */
public record ClassifierFile(
        @Meaning("Which job: `classifier`.") String job,
        @Meaning(JobSettings.NAME_MEANING)
                @Matching(value = Matching.NAME, allowed = Matching.NAME_ALLOWED)
                String name,
        Kafka kafka,
        Topics topics,
        @Group Operation operation,
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
                    Operation.DEFAULT,
                    ClassifierSettings.DEFAULT);

    /** Checks that the file is for this job. */
    public ClassifierFile {
        Checks.require(job.equals(JOB), "job", job, JOB);
    }

    /** The same on a broker of its own; see {@link JobSettings#local}. */
    public ClassifierFile local(String bootstrapServers, Path folder) {
        return JobSettings.local(this, bootstrapServers, folder);
    }

    /** The same with another value of a field; see {@link Schema#with}. */
    public ClassifierFile with(String field, Object value) {
        return Schema.with(this, field, value);
    }

    /** The topics. */
    public record Topics(
            @Meaning("What to classify, keyed by model; labels may be there, too.")
                    @Matching(value = JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String samples,
            @Meaning(
                            "Labels that come apart from their samples, keyed by model. Name the topic of the samples again where one order of both counts.")
                    @Matching(value = JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String labels,
            @Meaning("What Kedge says of samples.")
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
                        "kedge.classifier.samples.v1",
                        "kedge.classifier.labels.v1",
                        "kedge.classifier.scores.v1",
                        "kedge.classifier.metrics.v1",
                        "kedge.classifier.samples.v1.dlq",
                        "kedge.classifier.control.v1");

        @Override
        public List<String> inputs() {
            return Stream.of(samples, labels).distinct().toList();
        }
    }
}
