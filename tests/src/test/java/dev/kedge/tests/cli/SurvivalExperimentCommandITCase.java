// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurvivalExperimentCommandITCase {
    @TempDir private Path folder;

    @Test
    void anExperimentIsRunAndItsTableIsPrintedAndWritten() throws IOException {
        String file = written("market: {launches-per-day: 3, days: 20, warm-up: 20}\nseeds: [1]");
        Path out = folder.resolve("out");

        Answer.to("survival-experiment", file, "--out", out.toString())
                .isGoodWith(
                        "seed 1, after the first 20 launches, single pass: short ",
                        "| oracle: the true hazards | ",
                        "The table is " + out.resolve("results.csv"));
        assertThat(out.resolve("report.md")).isNotEmptyFile();
        assertThat(out.resolve("chart-1.png")).isNotEmptyFile();
    }

    @Test
    void theCommandOfAllExperimentsKnowsTheKindByTheFieldsAndGivesTheSameFigures()
            throws IOException {
        String file = written("market: {launches-per-day: 3, days: 20, warm-up: 20}");
        Path out = folder.resolve("out");
        Path again = folder.resolve("again");

        Answer.to("experiment", file, "--cores", "2", "--out", out.toString())
                .isGoodWith("The table is " + out.resolve("results.csv"));
        Answer.to("survival-experiment", file, "--out", again.toString()).isGoodWith("seed 5");

        assertThat(out.resolve("results.csv")).hasSameBinaryContentAs(again.resolve("results.csv"));
        assertThat(out.resolve("report.md")).hasSameBinaryContentAs(again.resolve("report.md"));
        assertThat(out.resolve("chart-1.png")).hasSameBinaryContentAs(again.resolve("chart-1.png"));
        Answer.to("experiment", written("variants: [bank]"), "--show").isGoodWith("objects: 6");
    }

    @Test
    void showPrintsTheWholeFileAndRunsNothing() throws IOException {
        Path out = folder.resolve("out");

        Answer.to(
                        "survival-experiment",
                        written("kind: ads"),
                        "--data",
                        "ads.csv",
                        "--show",
                        "--out",
                        out.toString())
                .isGoodWith(
                        "kind: \"ads\"", "data: \"ads.csv\"", "refit: \"30 d\"", "held-out: 0.1");
        assertThat(out).doesNotExist();
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        Answer.to("survival-experiment", written("kind: ads"), "--data", "no.csv")
                .isAMistakeWith("no.csv: there is no such file");
        Answer.to("survival-experiment", written("market: {day: 3}"))
                .isAMistakeWith("market.day: unknown field");
    }

    private String written(String yaml) throws IOException {
        return Files.writeString(folder.resolve("experiment.yaml"), yaml).toString();
    }
}
