// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.config.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data in which one row of four hundred is far from all others. */
class OutlierExperimentTest {
    private static final Path CASES = Path.of("src/test/resources/cases/csv");
    private static final String ROW = "3e38,3e38,3e38,3e38,c";

    @TempDir private Path folder;

    /** Runs all six methods; returns what is told of them. */
    private String run(String name, Path data, String inputs) throws IOException {
        String yaml = Files.readString(CASES.resolve("out.yaml"));
        ExperimentSettings settings =
                StrictYaml.parse(
                                yaml.replace("learner: {", "learner: {inputs: " + inputs + ", "),
                                ExperimentSettings.DEFAULT,
                                ExperimentSettings.class,
                                "out.yaml")
                        .with("data.path", data.toString());
        try (Experiment experiment = Experiment.open(settings, folder.resolve(name), false)) {
            assertThat(experiment.run()).isTrue();
            return experiment.report();
        }
    }

    private List<Double> ends(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("results.csv")).stream()
                .filter(row -> row.startsWith("run,"))
                .map(row -> Double.parseDouble(row.split(",", -1)[8]))
                .toList();
    }

    /** The data of the case with another row in the place of the outlier. */
    private Path data(String row) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        String train = Files.readString(CASES.resolve("outlier/train.csv"));
        assertThat(train).contains(ROW);
        Files.writeString(data.resolve("train.csv"), train.replace(ROW, row));
        Files.copy(CASES.resolve("outlier/test.csv"), data.resolve("test.csv"));
        return data;
    }

    @Test
    void aRowBeyondTheBoundIsLeftOutAndToldAndAllSixMethodsLearnTheOthers() throws IOException {
        String clean = run("clean", CASES.resolve("clean"), "none");
        String told = run("outlier", CASES.resolve("outlier"), "none");

        assertThat(clean).doesNotContain("left out", "refused");
        assertThat(told)
                .contains("1 row left out: a value is not a number from -1000000 to 1000000.");
        assertThat(Files.readString(folder.resolve("outlier/report.html")))
                .contains("1 row left out");
        assertThat(ends("clean")).hasSize(6).allMatch(accuracy -> accuracy > 0.9);
        for (int m = 0; m < 6; m++) {
            assertThat(ends("outlier").get(m)).isGreaterThan(ends("clean").get(m) - 0.05);
        }
    }

    @ParameterizedTest
    @CsvSource({"1e3, standardise", "1e3, clip", "-1e6, standardise", "1e6, clip", "1e6, none"})
    void aMilderOutlierIsLearnedAndHurtsNoMethod(String value, String inputs) throws IOException {
        run("mild", data("%1$s,%1$s,%1$s,%1$s,c".formatted(value)), inputs);

        assertThat(ends("mild")).hasSize(6).allMatch(accuracy -> accuracy > 0.9);
    }
}
