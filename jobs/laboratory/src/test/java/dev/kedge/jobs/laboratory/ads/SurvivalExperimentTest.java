// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

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
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurvivalExperimentTest {
    private static final String MARKET =
            """
            name: tiny
            market: {launches-per-day: 4, days: 40, warm-up: 40}
            seeds: [1, 2]
            variants:
              - {name: all of it, change: {}}
              - {name: single head, change: {learning: {heads: single}}}
            """;

    @TempDir private Path folder;

    @Test
    void aMarketIsJudgedBesideItsTruthAndTheFiguresAreTheSameAgain() throws IOException {
        List<String> said = new ArrayList<>();
        String tables = run(MARKET, "a", said);
        run(MARKET, "b", 2, new ArrayList<>());
        String csv = Files.readString(folder.resolve("a/results.csv"));

        assertThat(said).hasSize(2 * 4);
        assertThat(csv).isEqualTo(Files.readString(folder.resolve("b/results.csv")));
        assertThat(csv.lines().toList().get(0))
                .isEqualTo(
                        "row,part,ranking,seed,runs,short,short_interval,long,long_interval,all,all_interval,brier,brier_interval,coverage,coverage_interval,lowest_group,lowest_group_interval,highest_group,highest_group_interval,open,open_interval,width,width_interval");
        assertThat(csv.lines()).hasSize(1 + 2 * 4 + 4);
        assertThat(tables)
                .contains("| oracle: the true hazards |", "| less all of it, seed by seed");
        assertThat(Files.readString(folder.resolve("a/report.md"))).contains("# tiny", tables);
        assertThat(folder.resolve("a/chart-1.png")).isNotEmptyFile();
        assertThat(Files.readString(folder.resolve("a/summary.csv")).lines())
                .hasSize(1 + 4 * 9)
                .startsWith(
                        "part,ranking,metric,seeds,mean,standard_deviation,interval_low,interval_high")
                .anyMatch(
                        row ->
                                row.matches(
                                        ".*,oracle: the true hazards,short,2,0\\.88.*,0\\.02.*,0\\.68.*,1\\.07.*"));
        Map<String, Double> all = means(csv);
        assertThat(all.get("oracle: the true hazards")).isGreaterThan(0.7);
        assertThat(all.get("oracle: the true hazards")).isGreaterThan(all.get("all of it"));
        assertThat(all).containsEntry("\"Kaplan-Meier no features\"", 0.5);
    }

    private static Map<String, Double> means(String csv) {
        return csv.lines()
                .filter(line -> line.startsWith("mean,"))
                .map(line -> line.replace("Meier, no", "Meier no").split(",", -1))
                .collect(
                        Collectors.toMap(
                                cells -> cells[cells.length - 21],
                                cells -> Double.valueOf(cells[cells.length - 14])));
    }

    @Test
    void patientsEnterOnceAndAreJudgedBesideBatchLearnersOnTheSameRows() throws IOException {
        Files.writeString(folder.resolve("tiny.arff"), PatientsTest.text(120));
        String yaml =
                """
                kind: sets
                data: FOLDER
                seeds: [1, 2]
                sets:
                  sets: [{file: tiny.arff, time: days, event: out, happened: dead, leave-out: [cause]}]
                  intervals: 5
                batch: {rate: 0.01, rows: 8, epochs: 20}
                nets: [{name: net, change: {}}]
                """
                        .replace("FOLDER", folder.toString());
        run(yaml, "sets", new ArrayList<>());
        String csv = Files.readString(folder.resolve("sets/results.csv"));

        // The age tells everything.
        assertThat(csv.lines().filter(line -> line.startsWith("run,"))).hasSize(2 * 4);
        for (String ranking : List.of("net", "Cox, in batch")) {
            assertThat(harrell(csv, ranking)).as(ranking).isGreaterThan(0.9);
        }
        assertThat(harrell(csv, "single pass")).isBetween(0.0, 1.0);
        assertThat(harrell(csv, "Kaplan-Meier, no features")).isEqualTo(0.5);
    }

    private static double harrell(String csv, String ranking) {
        String row =
                csv.lines()
                        .filter(line -> line.startsWith("mean,") && line.contains(ranking))
                        .findFirst()
                        .orElseThrow();
        String[] cells = row.split(",", -1);
        return Double.parseDouble(cells[cells.length - 6]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ads",
                "ads-choice",
                "ads-intervals",
                "heads-ads",
                "heads-market",
                "market",
                "market-intervals",
                "sets"
            })
    void theDocumentedExperimentsAreRead(String name) {
        Path file = Path.of("..", "..", "docs", "survival-experiments", name + ".yaml");
        SurvivalExperimentSettings settings =
                StrictYaml.read(
                        file, SurvivalExperimentSettings.DEFAULT, SurvivalExperimentSettings.class);

        assertThat(settings.name()).isEqualTo(name);
        assertThat(settings.seeds().size()).isGreaterThanOrEqualTo(name.endsWith("choice") ? 3 : 5);
        assertThat(Schema.with(settings, "data", "x").data()).isEqualTo("x");
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        refused("seeds: []", "seeds: [] is not allowed");
        refused("name: a b", "name: a b is not allowed");
        refused("kind: weather", "kind");
        refused("variants: []", "variants: [] is not allowed");
        refused("ads: {last: 1}", "ads.last: 1.0 is not allowed");
        refused("market: {days: 0}", "market.days: 0 is not allowed");
        refused("sets: {test: 0}", "sets.test: 0.0 is not allowed");
        refused("variants: [{name: a, change: {learning: {rate: -1}}}]", "learning.rate: -1");
        refused("variants: [{name: a, change: {magic: 1}}]", "variants: 'a': magic: unknown field");
        refused("nets: [{name: a, change: {epoch: 1}}]", "nets: 'a': epoch: unknown field");
        refused(
                "variants: [{name: a, change: {}}]\nnets: [{name: a, change: {}}]",
                "different names");
        assertThatThrownBy(() -> run("kind: sets", "x", new ArrayList<>()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sets.sets: [] is not allowed");
    }

    private static void refused(String yaml, String words) {
        assertThatThrownBy(() -> settings(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(words);
    }

    private String run(String yaml, String out, List<String> said) {
        return run(yaml, out, 1, said);
    }

    private String run(String yaml, String out, int cores, List<String> said) {
        ExperimentKind.Start start =
                new ExperimentKind.Start(folder.resolve(out), cores, false, said::add);
        try (Study study = new SurvivalKind().open(settings(yaml), start)) {
            assertThat(study.run()).isTrue();
            assertThat(study.progress().share()).isEqualTo(1);
            return study.report();
        }
    }

    private static SurvivalExperimentSettings settings(String yaml) {
        return StrictYaml.parse(
                yaml, SurvivalExperimentSettings.DEFAULT, SurvivalExperimentSettings.class, "test");
    }
}
