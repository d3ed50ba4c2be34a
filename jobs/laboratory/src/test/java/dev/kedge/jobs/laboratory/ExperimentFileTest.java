// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.ads.SurvivalKind;
import dev.kedge.jobs.laboratory.classifier.GridKind;
import dev.kedge.jobs.laboratory.tracker.TrackKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file's kind is known by its fields. */
class ExperimentFileTest {
    private static final List<ExperimentKind<?>> KINDS =
            List.of(new GridKind(), new SurvivalKind(), new TrackKind());

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "experiments, GridKind",
        "survival-experiments, SurvivalKind",
        "track-experiments, TrackKind"
    })
    void everyDocumentedFileIsOfItsFoldersKind(String name, String kind) throws IOException {
        try (var files = Files.list(Path.of("..", "..", "docs", name))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(kindOf(file)).isEqualTo(kind));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}' | GridKind",
                "'name: x' | GridKind",
                "'data: {path: x}' | GridKind",
                "'grid: {seeds: [2]}' | GridKind",
                "'seeds: [2]' | SurvivalKind",
                "'kind: sets' | SurvivalKind",
                "'data: x' | SurvivalKind",
                "'variants: [{name: a, change: {}}]' | SurvivalKind",
                "'variants: [bank]' | TrackKind",
                "'{name: x, learner: {clip: 3}}' | TrackKind",
                "'{name: x, learner: {batch: 3}}' | GridKind"
            })
    void fieldsTellTheKindAndWhatTheyHoldDecidesBetweenEquals(String yaml, String kind)
            throws IOException {
        assertThat(kindOf(written(yaml))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{market: {day: 3}, seeds: [1]}' | market.day: unknown field",
                "'{videos: {frames: 1}, nam: x}' | nam: unknown field; allowed here: data, folder, learner",
                "'grid: {seeds: []}' | grid.seeds: [] is not allowed",
                "'name: a b' | name: a b is not allowed",
                "'[1, 2]' | must be a mapping of fields"
            })
    void mistakesAreThoseOfTheKindThatKnowsMostOfTheFields(String yaml, String words)
            throws IOException {
        Path file = written(yaml);

        assertThatThrownBy(() -> ExperimentFile.read(file, KINDS))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(words);
    }

    @Test
    void whatTheCommandSaysGoesBeforeWhatTheFileSays() throws IOException {
        ExperimentFile<?> file = ExperimentFile.read(written("name: x"), KINDS);

        assertThat(file.with(Optional.of("/data"), Optional.of(3)).text())
                .contains("path: \"/data\"", "cores: 3");
        assertThatThrownBy(() -> file.with(Optional.empty(), Optional.of(0)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "--cores: running.cores: 0 is not allowed; it must be between 1 and 1024");
        assertThat(file.folder()).isEqualTo(Path.of("experiments", "x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1025})
    void coresOfOtherKindsAreCheckedWhenTheyAreOpened(int cores) throws IOException {
        ExperimentFile<?> file = ExperimentFile.read(written("kind: market"), KINDS);
        ExperimentKind.Start start = new ExperimentKind.Start(folder, cores, false, line -> {});

        assertThatThrownBy(() -> file.open(start))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("--cores: " + cores + " is not allowed; it must be between 1 and 1024");
    }

    private Path written(String yaml) throws IOException {
        return Files.writeString(folder.resolve("experiment.yaml"), yaml);
    }

    private static String kindOf(Path file) {
        return ExperimentFile.read(file, KINDS).kind().getClass().getSimpleName();
    }
}
