// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import dev.kedge.connectors.onnx.FrozenEncoderSettings;
import dev.kedge.jobs.ads.alerts.AlertSettings;
import dev.kedge.jobs.ads.decisions.DecisionSettings;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.JobTopics;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One job file of ad discontinuation. */
public record DiscontinuationFile(
        @Meaning("Which job: `discontinuation`, which is also meant where the field is missing.")
                String job,
        @Meaning(JobSettings.NAME_MEANING)
                @Matching(value = Matching.NAME, allowed = Matching.NAME_ALLOWED)
                String name,
        Kafka kafka,
        Topics topics,
        @Group Operation operation,
        DecisionSettings decisions,
        AlertSettings alerts,
        FrozenEncoderSettings encoders,
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
                    Operation.DEFAULT,
                    DecisionSettings.DEFAULT,
                    AlertSettings.NONE,
                    FrozenEncoderSettings.OFF,
                    DiscontinuationSettings.DEFAULT);

    /** Checks what the parts cannot check. */
    public DiscontinuationFile {
        Checks.require(job.equals(JOB), "job", job, JOB);
        boolean sayable = !topics.saysDuplicates() || discontinuation.creativeMemory().enabled();
        String without = "empty as long as discontinuation.creative-memory.enabled is false";
        Checks.require(sayable, "topics.duplicates", topics.duplicates(), without);
        boolean shown = operation.dashboard().enabled();
        Checks.require(
                shown || !topics.takesDecisions(),
                "topics.decisions",
                topics.decisions(),
                "empty as long as dashboard.enabled is false");
        Checks.require(
                shown || !alerts.on(),
                "alerts.rules",
                alerts.rules().size() + " rules",
                "empty as long as dashboard.enabled is false");
        int embedding = discontinuation.features().embedding();
        boolean fits = !encoders.on() || embedding == encoders.width();
        Checks.require(fits, "discontinuation.features.embedding", embedding, encoders.sum());
    }

    /** The same on a broker of its own; see {@link JobSettings#local}. */
    public DiscontinuationFile local(String bootstrapServers, Path folder) {
        return JobSettings.local(this, bootstrapServers, folder);
    }

    /** The same with another value of a field; see {@link Schema#with}. */
    public DiscontinuationFile with(String field, Object value) {
        return Schema.with(this, field, value);
    }

    /** The topics. */
    public record Topics(
            @Meaning("What happens to creatives, keyed by model.")
                    @Matching(value = JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String creatives,
            @Meaning("What Kedge says of them.")
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
                    String control,
            @Meaning(
                            "Which creatives are the same as which; empty to say nothing of it. Needs `discontinuation.creative-memory.enabled`.")
                    @Matching(value = "|" + JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String duplicates,
            @Meaning(
                            "What people decide of creatives on the page, and read back from its beginning as the audit trail: let it keep its records (`retention.ms=-1`, not compacted). Empty to take no decisions.")
                    @Matching(value = "|" + JobTopics.NAME, allowed = JobTopics.ALLOWED)
                    String decisions)
            implements JobTopics {
        static final Topics DEFAULT =
                new Topics(
                        "kedge.ads.creatives.v1",
                        "kedge.ads.scores.v1",
                        "kedge.ads.metrics.v1",
                        "kedge.ads.creatives.v1.dlq",
                        "kedge.ads.control.v1",
                        "",
                        "");

        /** Checks that decisions have a topic of their own. */
        public Topics {
            Checks.require(
                    decisions.isEmpty()
                            || !List.of(
                                            creatives,
                                            scores,
                                            metrics,
                                            deadLetters,
                                            control,
                                            duplicates)
                                    .contains(decisions),
                    "decisions",
                    decisions,
                    "another topic than the others");
        }

        /** Whether near-duplicates have a topic. */
        public boolean saysDuplicates() {
            return !duplicates.isEmpty();
        }

        /** Whether people can decide. */
        public boolean takesDecisions() {
            return !decisions.isEmpty();
        }

        /** What the board is made from: all but what people decide. */
        public List<String> shown() {
            List<String> shown = new ArrayList<>(JobTopics.super.data());
            if (saysDuplicates()) {
                shown.add(duplicates);
            }
            return shown;
        }

        @Override
        public List<String> inputs() {
            return List.of(creatives);
        }

        @Override
        public Stream<String> kept() {
            return Stream.of(decisions).filter(name -> takesDecisions());
        }

        @Override
        public List<String> data() {
            return Stream.concat(shown().stream(), kept()).toList();
        }
    }
}
