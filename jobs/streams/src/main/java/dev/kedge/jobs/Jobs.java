// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs;

import dev.kedge.jobs.ads.DiscontinuationKind;
import dev.kedge.jobs.classifier.ClassifierKind;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.kind.ChosenJob;
import dev.kedge.jobs.kind.JobKind;
import dev.kedge.jobs.tracker.TrackerKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The jobs that a job file can name; the first one is meant where it names none. */
public final class Jobs {
    private static final List<JobKind<?>> KINDS =
            List.of(new DiscontinuationKind(), new ClassifierKind(), new TrackerKind());
    private static final String FIELD = "job";

    private Jobs() {}

    /** All kinds, the default one first. */
    public static List<JobKind<?>> kinds() {
        return KINDS;
    }

    /**
     * Reads a job file.
     *
     * @throws ConfigurationException if anything in it is wrong, in one line
     */
    public static ChosenJob<?> read(Path file) {
        return parse(StrictYaml.text(file), file.toString());
    }

    /** Reads the text of a job file; {@code source} begins every message. */
    public static ChosenJob<?> parse(String yaml, String source) {
        String word = StrictYaml.field(yaml, FIELD, source).orElse(KINDS.get(0).word());
        JobKind<?> kind =
                KINDS.stream()
                        .filter(known -> known.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> unknown(word, source));
        return ChosenJob.parse(yaml, kind, source);
    }

    private static ConfigurationException unknown(String word, String source) {
        String words = KINDS.stream().map(JobKind::word).collect(Collectors.joining(", "));
        return ConfigurationException.of(
                "%s: %s: '%s' is not allowed; it must be one of %s", source, FIELD, word, words);
    }
}
