// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.kind.ChosenJob;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Job files are named after their job, or have {@code job} in their name. */
class ExamplesTest {

    static List<Path> jobs() {
        return Stream.of("docs/examples", "docker")
                .flatMap(folder -> Documents.below(folder).stream())
                .filter(
                        file ->
                                file.getFileName()
                                        .toString()
                                        .matches(
                                                "(ads|classifier|tracker)\\.ya?ml|.*job.*\\.ya?ml"))
                .toList();
    }

    @Test
    void theExampleOfTheReadmeIsThere() {
        assertThat(jobs())
                .contains(
                        Documents.file("docs/examples/ads.yaml"),
                        Documents.file("docs/examples/tracker.yaml"));
    }

    static List<Path> experiments() {
        return Documents.below("docs/experiments");
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void everyExperimentFileIsReadAndNamedAfterItself(Path file) {
        ExperimentSettings settings =
                StrictYaml.read(file, ExperimentSettings.DEFAULT, ExperimentSettings.class);

        assertThat(settings.name() + ".yaml").isEqualTo(file.getFileName().toString());
        assertThat(settings.protocol().tasks()).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void everyJobFileIsRead(Path file) {
        ChosenJob<?> job = Jobs.parse(EnvExample.filled(file), file.toString());

        assertThat(job.settings()).isNotEqualTo(job.kind().defaults());
    }
}
