// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.command.Kedge;
import dev.kedge.tests.cli.Answer;
import dev.kedge.tests.security.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments as a person runs them, and kills them. */
class ExperimentITCase {
    private static final String TINY =
            """
            name: tiny
            data: {synthetic: {classes: 4, inputs: 8, train: 200, test: 25}}
            protocol: {tasks: 2}
            learner: {mlp: {layers: [16]}}
            grid: {methods: [fine-tune, er, hpcr], sizes: [50], seeds: [1, 2]}
            """;
    private static final String LONG =
            """
            name: long
            data: {synthetic: {classes: 4, inputs: 20, train: 4000, test: 25}}
            protocol: {tasks: 2}
            grid: {methods: [hpcr], sizes: [50], seeds: [1]}
            running: {snapshot-every: 500}
            """;

    @TempDir private Path folder;

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("experiment.yaml"), yaml).toString();
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private static Answer experiment(String yaml, String out) {
        return Answer.to("experiment", yaml, "--out", out);
    }

    @Test
    void aTinyExperimentIsRunReportedAndNotRunAgain() throws IOException {
        String yaml = file(TINY);

        Listening<Answer> first = Listening.during(() -> experiment(yaml, out("a")));

        first.result().isGoodWith("6 of 6 runs to make", "hpcr, mlp, 50", "report.html");
        first.isOnLoopbackOnly().stays(0);
        Answer again = experiment(yaml, out("a"));

        again.isGoodWith("0 of 6 runs to make", "hpcr, mlp, 50");
        assertThat(Files.readString(folder.resolve("a/results.csv")).lines()).hasSize(10);
        assertThat(folder.resolve("a/report.html")).isNotEmptyFile();
        Answer.to("experiment", "compare", out("a"), out("a"))
                .isGoodWith("B - A", "forgetting", "0.00 +- 0.00");
    }

    @Test
    void anExperimentKilledInTheMiddleEndsWithTheSameBytes() throws Exception {
        String yaml = file(LONG);
        experiment(yaml, out("plain")).isGoodWith("report.html");
        Process process = start(yaml, out("killed"));
        try {
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> !files("killed", ".snapshot").isEmpty() || !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(files("killed", ".snapshot")).as("killed in the middle").isNotEmpty();
        assertThat(files("killed", ".json")).isEmpty();

        experiment(yaml, out("killed")).isGoodWith("1 of 1 runs to make", "report.html");

        assertThat(files("killed", ".snapshot")).isEmpty();
        for (String table : List.of("results.csv", "matrices.csv")) {
            assertThat(folder.resolve("killed").resolve(table))
                    .hasSameBinaryContentAs(folder.resolve("plain").resolve(table));
        }
    }

    private Process start(String yaml, String out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dkedge.log.dir=" + folder.resolve("logs"),
                        Kedge.class.getName(),
                        "experiment",
                        yaml,
                        "--out",
                        out)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private List<Path> files(String name, String ending) throws IOException {
        Path runs = folder.resolve(name).resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void mistakesAreAnsweredInOneLine() throws IOException {
        String yaml = file("grid: {methods: [lwf]}");

        experiment(yaml, out("a"))
                .isAMistakeWith(yaml, "'lwf' is not allowed; it must be one of fine-tune, er");
        experiment(file("{}"), out("a")).isGoodWith("1 of 1 runs");
        experiment(file("protocol: {tasks: 1}"), out("a")).isAMistakeWith("--fresh");
        Answer.to("experiment").isAMistakeWith("FILE.yaml", "; try kedge experiment --help");
        Answer.to("experiment", file("{}"), "--cores", "0")
                .isAMistakeWith("--cores", "running.cores: 0");
        Answer.to("experiment", file("data: {format: csv}"), "--data", out("none"))
                .isAMistakeWith("data.path", "is not a folder");
        Answer.to("experiment", "compare", out("none"), out("a"))
                .isAMistakeWith("has no finished run");
    }

    @Test
    void theWholeFileIsShownAndHelpHasExamples() throws IOException {
        Answer.to("experiment", file(TINY), "--show").isGoodWith("snapshot-every: 5000");
        Answer.to("experiment", "--help").isGoodWith("Usage: kedge experiment", "Examples:");
        Answer.to("experiment", "compare", "--help").isGoodWith("Examples:", "95 %");
    }
}
