// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentTest {
    private static final String TINY =
            """
            data: {synthetic: {classes: 4, inputs: 6, train: 100, test: 25}}
            protocol: {tasks: 2}
            learner: {mlp: {layers: [8]}}
            grid: {methods: [fine-tune, hpcr], sizes: [40, 80], seeds: [1, 2, 3]}
            """;

    @TempDir private Path folder;

    private static ExperimentSettings settings(String yaml) {
        return StrictYaml.parse(
                yaml, ExperimentSettings.DEFAULT, ExperimentSettings.class, "tiny.yaml");
    }

    private String run(String name, ExperimentSettings settings) {
        try (Experiment experiment = Experiment.open(settings, folder.resolve(name), false)) {
            assertThat(experiment.run()).isTrue();
            return experiment.report();
        }
    }

    private String file(String name, String file) throws IOException {
        return Files.readString(folder.resolve(name).resolve(file));
    }

    @Test
    void theNumbersDoNotDependOnHowManyRunsThereAreAtATime() throws IOException {
        run("one", settings(TINY).with("running.cores", 1));
        run("four", settings(TINY).with("running.cores", 4));

        assertThat(file("four", "results.csv")).isEqualTo(file("one", "results.csv"));
        assertThat(file("four", "matrices.csv")).isEqualTo(file("one", "matrices.csv"));
    }

    @Test
    void aTableHasARowARunAndOneOfMeanAndIntervalAGroup() throws IOException {
        String shown = run("table", settings(TINY));

        List<String> rows = file("table", "results.csv").lines().toList();
        assertThat(rows.get(0))
                .startsWith("row,method,encoder,memory,retrieval,size,seed,runs,end_accuracy,");
        assertThat(rows)
                .as("a method without memory is run once for all sizes")
                .hasSize(1 + 3 * (3 + 1));
        assertThat(rows.get(4)).startsWith("mean,fine-tune,mlp,batch-reservoir,random,0,,3,");
        double mean = (end(rows.get(1)) + end(rows.get(2)) + end(rows.get(3))) / 3;
        assertThat(end(rows.get(4))).isCloseTo(mean, within(1e-6));
        assertThat(end(rows.get(8))).as("hpcr forgets less").isGreaterThan(end(rows.get(4)));
        assertThat(file("table", "matrices.csv").lines()).hasSize(1 + 9 * 4);
        assertThat(file("table", "speed.csv").lines()).hasSize(rows.size());
        assertThat(file("table", "configuration.yaml")).contains("order: \"class-incremental\"");
        assertThat(shown.lines()).hasSize(4).anyMatch(line -> line.startsWith("hpcr, mlp, 80"));
    }

    @Test
    void theSummaryHasARowForEachSettingAndMetricThatTheResultsBearOut() throws IOException {
        run("summary", settings(TINY));

        List<String> results = file("summary", "results.csv").lines().toList();
        List<String> summary = file("summary", "summary.csv").lines().toList();
        assertThat(summary.get(0))
                .isEqualTo(
                        "method,encoder,memory,retrieval,size,metric,seeds,mean,standard_deviation,interval_low,interval_high");
        assertThat(summary).hasSize(1 + 3 * 8);
        String[] row = summary.get(1 + 8).split(",", -1);
        assertThat(row)
                .startsWith("hpcr", "mlp", "batch-reservoir", "random", "40", "end_accuracy", "3");
        double[] ends = results.subList(5, 8).stream().mapToDouble(ExperimentTest::end).toArray();
        double mean = (ends[0] + ends[1] + ends[2]) / 3;
        double squares = 0;
        for (double end : ends) {
            squares += (end - mean) * (end - mean);
        }
        double deviation = Math.sqrt(squares / 2);
        // Student's t with two degrees of freedom, 97.5 %.
        double half = 4.302653 * deviation / Math.sqrt(3);
        assertThat(Double.parseDouble(row[7])).isCloseTo(mean, within(1e-6));
        assertThat(Double.parseDouble(row[8])).isCloseTo(deviation, within(2e-6));
        assertThat(Double.parseDouble(row[9])).isCloseTo(mean - half, within(1e-5));
        assertThat(Double.parseDouble(row[10])).isCloseTo(mean + half, within(1e-5));
    }

    private static double end(String row) {
        return Double.parseDouble(row.split(",", -1)[8]);
    }

    @Test
    void aFinishedRunIsNotRunAgainAndAGridMayGrow() throws IOException {
        run("grows", settings(TINY));
        Path run = folder.resolve("grows/runs/hpcr_mlp_batch-reservoir_random_40_seed1.json");
        FileTime written = Files.getLastModifiedTime(run);
        String before = file("grows", "results.csv");

        ExperimentSettings larger = settings(TINY.replace("[1, 2, 3]", "[1, 2, 3, 4]"));
        try (Experiment experiment = Experiment.open(larger, folder.resolve("grows"), false)) {
            assertThat(experiment.finished()).isEqualTo(9);
            assertThat(experiment.run()).isTrue();
            experiment.report();
        }

        assertThat(Files.getLastModifiedTime(run)).isEqualTo(written);
        List<String> runs = before.lines().filter(row -> row.startsWith("run,")).toList();
        assertThat(file("grows", "results.csv").lines()).containsAll(runs).hasSize(1 + 3 * 5);
    }

    @Test
    void runsOfOtherSettingsAreNotMixedWithTheseUnlessForgotten() throws IOException {
        run("mixed", settings(TINY));
        ExperimentSettings other = settings(TINY.replace("[8]", "[9]"));

        assertThatThrownBy(() -> run("mixed", other))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("holds runs of other data, protocol, learner or evaluation");

        try (Experiment fresh = Experiment.open(other, folder.resolve("mixed"), true)) {
            assertThat(fresh.finished()).isZero();
        }
    }

    @Test
    void onlyOneProcessWorksInAFolder() {
        try (Experiment first = Experiment.open(settings(TINY), folder.resolve("a"), false)) {
            assertThat(first.runs()).isEqualTo(9);
            assertThatThrownBy(() -> run("a", settings(TINY)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("another process runs this experiment");
        }
        assertThat(run("a", settings(TINY))).isNotEmpty();
    }

    @Test
    void aStoppedExperimentReportsWhatThereIsAndGoesOn() throws IOException {
        run("plain", settings(TINY));
        try (Experiment experiment =
                Experiment.open(settings(TINY), folder.resolve("stopped"), false)) {
            experiment.stop();
            assertThat(experiment.run()).isFalse();
            assertThat(experiment.report().lines()).hasSize(1);
        }

        run("stopped", settings(TINY));

        assertThat(file("stopped", "results.csv")).isEqualTo(file("plain", "results.csv"));
    }

    @Test
    void theReportIsOnePageThatAsksNoNetworkAndHoldsTheFigures() throws IOException {
        run("page", settings("name: a-name\n" + TINY));

        String page = file("page", "report.html");
        assertThat(page).contains("echarts").doesNotContain("<script src", "<link", "/*data*/");
        int from = page.indexOf("id=\"data\">") + 10;
        JsonNode data =
                new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
        assertThat(data.get("name").asText()).isEqualTo("a-name");
        JsonNode hpcr = data.get("series").get(1);
        assertThat(hpcr.get("label").asText()).isEqualTo("hpcr, mlp, 40");
        assertThat(hpcr.get("curve")).hasSize(8);
        assertThat(hpcr.get("matrix").get(0).get(1).asDouble()).isZero();
        assertThat(hpcr.get("forgetting").get(1).get(1).asDouble()).isZero();
        assertThat(hpcr.get("memory").get("counts")).hasSize(4);
        assertThat(hpcr.get("ranks")).hasSize(2);
        assertThat(hpcr.get("ranks").get(1).asDouble()).isGreaterThan(1);
        assertThat(hpcr.get("measures").get("samples-per-second").get(0).asDouble()).isPositive();
        assertThat(data.get("configuration").asText()).contains("name: \"a-name\"");
    }

    @Test
    void everyOptionOfTheMethodIsReachedFromAFile() throws IOException {
        run("plain", settings(TINY));
        String plain = file("plain", "results.csv");
        for (String learner :
                List.of(
                        "distillation: {trigger: boundary-free, patience: 3}",
                        "distillation: {averaging: 0.9}",
                        "distillation: {trigger: 'off'}",
                        "declare-classes: true",
                        "temperature-exponent: 0.5",
                        "loss: {decoupled: true}",
                        "loss: {pairs: one}",
                        "loss: {pairs: all}",
                        "loss: {pairs: min-rows, min-rows: 30}",
                        "loss: {alpha: 0}",
                        "loss: {beta: 0}",
                        "loss: {unknown: zero}",
                        "schedule: {least: 1, most: 1}",
                        "optimiser: {schedule: {warm-up: 5, shape: cosine, length: 20}}",
                        "optimiser: {momentum: 0.5}",
                        "optimiser: {decay: 0.01}",
                        "optimiser: {kind: adam, rate: 0.01, decay: 0.01}")) {
            String yaml =
                    TINY.replace("learner: {", "learner: {" + learner + ", ")
                            .replace("[fine-tune, hpcr]", "[hpcr]")
                            .replace("[40, 80]", "[40]")
                            .replace("[1, 2, 3]", "[1]");
            run("option", settings(yaml));
            RunProgress progress = progress("option");

            assertThat(progress.arrived()).isEqualTo(400);
            assertThat(progress.accuracies().get(0).get(0)).as(learner).isGreaterThan(0.5);
            try (Experiment fresh =
                    Experiment.open(settings(yaml), folder.resolve("option"), true)) {
                assertThat(fresh.finished()).isZero();
            }
        }
        assertThat(plain).contains("hpcr");
    }

    @Test
    void everyMemoryAndRetrievalIsReachedFromAFile() throws IOException {
        String grid =
                "memories: [reservoir, batch-reservoir, ring, class-balanced, herding,"
                        + " greedy-balancing], retrievals: [random, class-balanced, interfered,"
                        + " nearest], sizes: [40, 6 kb], ";
        String yaml =
                TINY.replace("grid: {", "grid: {" + grid)
                        .replace("[fine-tune, hpcr]", "[pcr]")
                        .replace("sizes: [40, 80], ", "")
                        .replace("[1, 2, 3]", "[1]");
        run("memories", settings(yaml).with("running.cores", 2));

        List<RunResult> runs = new RunFiles(folder.resolve("memories/runs")).results();
        assertThat(runs).hasSize(6 * 4 * 2);
        assertThat(runs)
                .allSatisfy(
                        run ->
                                assertThat(run.matrix().end())
                                        .as(run.key().id())
                                        .isGreaterThan(0.3));
    }

    private RunProgress progress(String name) throws IOException {
        return new RunFiles(folder.resolve(name).resolve("runs")).results().get(0).progress();
    }

    @Test
    void aMemoryMayBeBoundedInBytes() throws IOException {
        String yaml =
                TINY.replace("[40, 80]", "[40, 5 kb]").replace("[fine-tune, hpcr]", "[er, hpcr]");
        String shown = run("bytes", settings(yaml));

        assertThat(file("bytes", "results.csv").lines())
                .anyMatch(row -> row.startsWith("run,er,mlp,batch-reservoir,random,5120 b,1,"))
                .anyMatch(row -> row.startsWith("mean,hpcr,mlp,batch-reservoir,random,5120 b,,3,"));
        assertThat(shown).contains("hpcr, mlp, 5120 b");
        assertThat(folder.resolve("bytes/runs/er_mlp_batch-reservoir_random_5120b_seed2.json"))
                .exists();
        int bytesOfEr = 104 + 6 * 4;
        assertThat(stored("er_mlp_batch-reservoir_random_5120b_seed2")).isEqualTo(5120 / bytesOfEr);
        assertThat(stored("hpcr_mlp_batch-reservoir_random_5120b_seed2"))
                .as("answers stored with samples take room")
                .isLessThan(5120 / bytesOfEr)
                .isGreaterThan(20);
        run("bytes", settings(yaml));
        assertThat(Comparison.of(folder.resolve("bytes"), folder.resolve("bytes")).table())
                .contains("er, mlp, 5120 b");
    }

    private int stored(String id) throws IOException {
        RunProgress progress =
                new RunFiles(folder.resolve("bytes/runs"))
                        .results().stream()
                                .filter(run -> run.key().id().equals(id))
                                .findFirst()
                                .orElseThrow()
                                .progress();
        return progress.stored().get(progress.stored().size() - 1).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Test
    void aStreamThatDoesNotWaitIsReportedAsSuch() throws IOException {
        String yaml =
                TINY.replace(
                        "protocol: {",
                        "protocol: {arrival: {clock: modelled, rate: 2000, step: 10 ms}, ");
        String shown = run("arrival", settings(yaml));
        run("again", settings(yaml).with("running.cores", 3));

        List<String> header =
                List.of(file("arrival", "results.csv").split("\n", 2)[0].split(",", -1));
        assertThat(header).contains("learned_share", "arrival_accuracy", "embedding_rank");
        List<String> row = List.of(file("arrival", "results.csv").split("\n", 3)[1].split(",", -1));
        assertThat(Double.parseDouble(row.get(header.indexOf("learned_share"))))
                .isBetween(0.3, 0.4);
        assertThat(Double.parseDouble(row.get(header.indexOf("arrival_accuracy"))))
                .isBetween(0.1, 0.99);
        assertThat(shown).contains("learned %");
        assertThat(file("arrival", "report.html"))
                .contains("The stream does not wait: 2000 samples a second")
                .contains("taken to last 10 ms");
        assertThat(file("again", "results.csv")).isEqualTo(file("arrival", "results.csv"));
        run("waits", settings(TINY));
        assertThat(file("waits", "report.html")).doesNotContain("does not wait");
    }

    @Test
    void comparesSeedBySeedWhatBothRan() throws IOException {
        run("a", settings(TINY));
        run("b", settings(TINY.replace("learner: {", "learner: {replay: 30, ")));

        List<String> table =
                Comparison.of(folder.resolve("a"), folder.resolve("b")).table().lines().toList();
        List<String> same =
                Comparison.of(folder.resolve("a"), folder.resolve("a")).table().lines().toList();

        assertThat(table).hasSize(1 + 3 * 3);
        assertThat(table.get(1)).startsWith("fine-tune, mlp").contains("end-accuracy");
        assertThat(table.get(1)).as("fine-tune replays nothing").endsWith(" 0.00 +- 0.00");
        assertThat(table.get(4)).startsWith("hpcr, mlp, 40").doesNotEndWith(" 0.00 +- 0.00");
        assertThat(same.subList(1, 10)).allMatch(line -> line.endsWith(" 0.00 +- 0.00"));
        assertThatThrownBy(() -> Comparison.of(folder.resolve("a"), folder.resolve("absent")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no finished run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grid: {encoders: [convnet]} | grid.encoders: convnet is not allowed; the data"
                        + " must be images",
                "learner: {augmentation: crop} | learner.augmentation: crop is not allowed; the"
                        + " data must be images",
                "protocol: {tasks: 3} | protocol.tasks: 3 is not allowed; it must divide the 4",
                "protocol: {class-order: [c0, c1]} | protocol.class-order: [c0, c1] is not allowed",
                "data: {order-file: none.txt} | data.order-file: none.txt is not a file",
                "grid: {methods: [fine-tune]}, learner: {read-out: nearest-mean} | read-out",
                "grid: {methods: [scr], retrievals: [interfered]} | replay.retrieval",
                "data: {format: mnist} | data.path: '' is not allowed; it must be a folder",
                "data: {format: mnist, path: /no/such} | data.path: /no/such is not a folder",
                "data: {format: cifar-10, path: .} | data.path: . has no data_batch_1.bin"
            })
    void whatDoesNotBelongTogetherIsRefusedBeforeAnythingRuns(String yaml, String words) {
        ExperimentSettings settings = settings("{" + yaml + "}");

        assertThatThrownBy(() -> Experiment.open(settings, folder.resolve("refused"), false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(words);
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void aStreamInItsOwnOrderIsLearnedFromAndRunsOfOtherOrdersAreNotMixed() throws IOException {
        StringBuilder rows = new StringBuilder("at,x,label,y,session\n");
        for (int i = 0; i < 400; i++) {
            int c = (i / 100 + i % 2) % 4;
            rows.append(
                    "2026-03-%02d,%d.%d,k%d,%d,s%d%n"
                            .formatted(28 - i / 20, c % 2, i % 7, c, c / 2, i / 100));
        }
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("train.csv"), rows);
        Files.writeString(data.resolve("test.csv"), rows);
        String yaml =
                """
                data: {format: csv, path: '%s', csv: {label: label, order: at, task: session}}
                protocol: {order: given, tasks: 4}
                grid: {methods: [er], sizes: [80]}
                """
                        .formatted(data);

        run("order", settings(yaml));

        assertThat(progress("order").arrived()).isEqualTo(400);
        assertThat(progress("order").accuracies()).hasSize(4);
        assertThat(end(file("order", "results.csv").lines().toList().get(1))).isGreaterThan(0.4);
        String later = rows.toString().replace("2026-03-28", "2026-02-28");
        Files.writeString(data.resolve("train.csv"), later);
        assertThatThrownBy(() -> run("order", settings(yaml)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("holds runs of other data");
    }

    @Test
    void aCsvIsLearnedFrom() throws IOException {
        StringBuilder rows = new StringBuilder("x,kind,y\n");
        for (int i = 0; i < 400; i++) {
            int c = i % 4;
            rows.append("%d.%d,k%d,%d%n".formatted(c % 2, i % 7, c, c / 2));
        }
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("train.csv"), rows);
        Files.writeString(data.resolve("test.csv"), rows);
        String yaml =
                """
                data: {format: csv, path: '%s', csv: {label: kind}, test-per-class: 10}
                grid: {sizes: [80]}
                """
                        .formatted(data);

        run("csv", settings(yaml));

        List<String> results = file("csv", "results.csv").lines().toList();
        assertThat(end(results.get(1))).isGreaterThan(0.6);
    }
}
