// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.laboratory.ExperimentKind;
import dev.kedge.jobs.laboratory.Study;
import dev.kedge.state.settings.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackExperimentTest {
    private static final String TINY =
            """
            name: tiny
            data: {shapes: 30}
            videos: {train: 2, test: 2, frames: 8, objects: 3}
            learner: {convolutions: [4], features: 8, embedding: 6, clip: 3}
            seeds: [1, 2]
            """;

    @TempDir private Path folder;

    @Test
    void everyVariantIsRunWithEverySeedAndTheFiguresAreTheSameAgain() throws IOException {
        List<String> said = new ArrayList<>();
        String table = run("a", 1, said::add);
        run("b", 3, line -> {});
        String csv = Files.readString(folder.resolve("a/results.csv"));

        assertThat(said).hasSize(2 * Variant.values().length);
        assertThat(csv.lines()).hasSize(1 + 3 * Variant.values().length);
        assertThat(csv).isEqualTo(Files.readString(folder.resolve("b/results.csv")));
        assertThat(csv.lines().toList().get(0)).startsWith("row,variant,seed,runs,threshold,idf1,");
        assertThat(Files.readString(folder.resolve("a/summary.csv")).lines())
                .hasSize(1 + 6 * Variant.values().length)
                .startsWith(
                        "variant,metric,seeds,mean,standard_deviation,interval_low,interval_high")
                .noneMatch(row -> row.contains("threshold"));
        assertThat(table).contains("| pseudo-clips | 2 |").contains("| variant |");
        assertThat(Files.readString(folder.resolve("a/report.md"))).contains("# tiny", table);
    }

    @Test
    void recordedSequencesAreTrackedByEveryVariantAfterEveryTeaching() throws IOException {
        walkers("one", 3);
        walkers("two", -3);
        String yaml =
                """
                name: walkers
                data: {path: '%s'}
                recorded: {sequences: [one, two], embedding: 2, clip: 3}
                seeds: [1]
                """
                        .formatted(folder);
        ExperimentKind.Start start =
                new ExperimentKind.Start(folder.resolve("walkers"), 1, false, line -> {});
        try (Study study = new TrackKind().open(settings(yaml), start)) {
            assertThat(study.run()).isTrue();
            String table = study.report();

            int runs = 2 * Teaching.values().length * RecordedVariant.values().length;
            int compared = runs - 2 * Teaching.values().length;
            assertThat(table.lines()).hasSize(2 + runs + 3 + compared);
            assertThat(table)
                    .contains("| two | first-half | given-motion | 1 | 100.0 | 0.0 |")
                    .contains("| one | others | boxes | 1 | 100.0 | 0.0 |")
                    .contains("| variant | beside | IDF1 more | 95 % over true tracks |")
                    .contains(
                            "| one | along | tracks-motion | given-motion | +0.0 | +0.0 to +0.0 |")
                    .doesNotContain("NaN");
        }
    }

    /** Two that pass each other and look the same to all but their boxes' ways. */
    private void walkers(String name, int speed) throws IOException {
        StringBuilder seen = new StringBuilder("frame,left,top,width,height,confidence,e0,e1\n");
        StringBuilder truth = new StringBuilder("frame,identity,left,top,width,height\n");
        for (int frame = 1; frame <= 40; frame++) {
            for (int who = 0; who < 2; who++) {
                int left = 200 + (who == 0 ? speed : -speed) * (frame - 20);
                seen.append("%d,%d,%d,20,40,0.9,1,0.5\n".formatted(frame, left, 70 * who));
                truth.append("%d,%d,%d,%d,20,40\n".formatted(frame, who, left, 70 * who));
            }
        }
        Files.writeString(folder.resolve(name + "-detections.csv"), seen);
        Files.writeString(folder.resolve(name + "-truth.csv"), truth);
    }

    private String run(String out, int cores, Consumer<String> say) {
        ExperimentKind.Start start =
                new ExperimentKind.Start(folder.resolve(out), cores, false, say);
        try (Study study = new TrackKind().open(settings(TINY), start)) {
            assertThat(study.run()).isTrue();
            assertThat(study.progress().share()).isEqualTo(1);
            return study.report();
        }
    }

    @Test
    void learningFromIdentitiesTellsShapesApartBetterThanTheEncoderAsItWasDrawn() {
        String file =
                """
                data: {shapes: 60}
                videos: {train: 6, test: 4, frames: 15, objects: 4}
                learner: {convolutions: [8], features: 16, embedding: 16, rate: 0.003, clip: 4}
                """;
        Images images = Images.read(settings(file).data());
        double learned = f1(file, images, Variant.MOMENTUM);

        assertThat(learned).isGreaterThan(0.6);
        assertThat(f1(file, images, Variant.LATEST_ONLY)).isGreaterThan(0.5);
    }

    private static double f1(String file, Images images, Variant variant) {
        return new TrackRun(settings(file), images, variant, 3).run().identity().f1();
    }

    @Test
    void theDocumentedExperimentIsReadAndHasFiveSeeds() {
        Path file = Path.of("..", "..", "docs", "track-experiments", "pseudo-videos.yaml");
        TrackExperimentSettings settings =
                StrictYaml.read(
                        file, TrackExperimentSettings.DEFAULT, TrackExperimentSettings.class);

        assertThat(settings.seeds()).hasSize(5);
        assertThat(settings.variants()).containsExactly(Variant.values());
        assertThat(Schema.with(settings, "data.path", "x").data().path()).isEqualTo("x");
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        refused("learner: {clip: 1}", "learner.clip: 1 is not allowed");
        refused("videos: {frames: 1}", "videos.frames: 1 is not allowed");
        refused("seeds: []", "seeds: [] is not allowed");
        refused("name: a b", "name: a b is not allowed");
        refused("variants: [magic]", "variants");
        assertThatThrownBy(
                        () ->
                                Images.read(
                                        Schema.with(settings("{}"), "data.path", folder.toString())
                                                .data()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("data.path: ");
    }

    private static void refused(String yaml, String words) {
        assertThatThrownBy(() -> settings(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(words);
    }

    private static TrackExperimentSettings settings(String yaml) {
        return StrictYaml.parse(
                yaml, TrackExperimentSettings.DEFAULT, TrackExperimentSettings.class, "test");
    }
}
