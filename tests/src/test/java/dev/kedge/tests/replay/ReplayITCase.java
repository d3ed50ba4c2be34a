// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.tests.cli.Answer;
import dev.kedge.tests.security.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays a file as a user would. */
class ReplayITCase {
    private static final String COLUMNS =
            """
            columns: {id: ad, advertiser: payer, categories: [kind], started-at: from, stopped-at: to, observed-until: seen}
            """;

    @TempDir private Path folder;

    private Path csv;

    /** Briefs run 2 days, keepers 40; the last ones still ran when the file was made. */
    @BeforeEach
    void write() throws IOException {
        StringBuilder rows = new StringBuilder("ad,payer,kind,from,to,seen\n");
        LocalDate day = LocalDate.parse("2020-01-01");
        for (int i = 0; i < 200; i++) {
            LocalDate from = day.plusDays(i / 2);
            boolean brief = i % 2 == 0;
            LocalDate to = from.plusDays(brief ? 2 : 40);
            boolean seen = to.isBefore(day.plusDays(100));
            rows.append("c%d,acme,%s,%s,".formatted(i, brief ? "brief" : "keeper", from))
                    .append(seen ? to + "," : "," + day.plusDays(100))
                    .append('\n');
        }
        rows.append("broken,acme,brief,yesterday,,\n");
        csv = Files.writeString(folder.resolve("ads.csv"), rows);
    }

    @Test
    void aFileIsPlayedScoredAndJudged() throws IOException {
        Path yaml = Files.writeString(folder.resolve("history.yaml"), COLUMNS);
        Path json = folder.resolve("report.json");

        Listening<Answer> replay =
                Listening.during(
                        () ->
                                Answer.to(
                                        "replay",
                                        yaml.toString(),
                                        "--csv",
                                        csv.toString(),
                                        "--json",
                                        json.toString()));
        Answer answer = replay.result();

        replay.isOnLoopbackOnly().stays(2);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).contains(csv + ":202: column 'from' is 'yesterday'");
        assertThat(answer.out()).contains("Kaplan-Meier, no features", "last 30 % by launch");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("creatives").asInt()).isEqualTo(200);
        assertThat(report.get("events").asInt()).as("a launch and an end each").isEqualTo(400);
        assertThat(report.get("deadLetters").asInt()).isZero();
        assertThat(report.get("refusedRows").asInt()).isEqualTo(1);
        JsonNode last = report.get("parts").get(1).get("rows");
        assertThat(last.get(0).get("ranking").asText()).isEqualTo("Kedge, single pass");
        assertThat(last.get(0).get("all").asDouble()).isGreaterThan(0.9);
        assertThat(last.get(1).get("all").asDouble()).isEqualTo(0.5);
        assertThat(last.get(3).get("all").asDouble()).as("Cox").isGreaterThan(0.9);
    }

    @Test
    void aJobThatRunsOnOnesOwnBrokersIsPlayedTo() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            DiscontinuationFile job =
                    DiscontinuationFile.DEFAULT.local(
                            broker.bootstrapServers(), folder.resolve("state"));
            LocalTopics.create(job);
            Path yaml = live(broker);
            try (EmbeddedJob running =
                    EmbeddedJob.start(new DiscontinuationJob(job), Optional.empty())) {
                Answer answer =
                        Answer.to("replay", yaml.toString(), "--csv", csv.toString(), "--live");

                assertThat(answer.exitCode()).as(answer.err()).isZero();
                assertThat(answer.out()).contains("400 events").contains("Cox");
                assertThat(running.failure()).isEmpty();
            }
        }
    }

    @Test
    void whereNoJobAnswersTheReplayGivesUpInOneLine() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            LocalTopics.create(
                    DiscontinuationFile.DEFAULT.local(
                            broker.bootstrapServers(), folder.resolve("state")));

            Answer answer =
                    Answer.to(
                            "replay",
                            live(broker).toString(),
                            "--csv",
                            csv.toString(),
                            "--live",
                            "--patience",
                            "2s");

            assertThat(answer.exitCode()).isNotZero();
            assertThat(answer.err().lines().toList().get(1))
                    .matches(
                            "kedge: nothing was answered for 2 s: 0 of 400 events; does the job run\\?"
                                    + " \\(the log is .*kedge\\.log\\)");
        }
    }

    @Test
    void aMissingColumnOrFileIsOneLine() throws IOException {
        Path yaml = Files.writeString(folder.resolve("h.yaml"), "columns: {id: nothing}\n");

        Answer.to("replay", yaml.toString(), "--csv", csv.toString())
                .isAMistakeWith("ads.csv: no column nothing, started_at, stopped_at;");
        Answer.to("replay", yaml.toString(), "--csv", "nowhere.csv")
                .isAMistakeWith("nowhere.csv: there is no such file");
    }

    private Path live(EmbeddedBroker broker) throws IOException {
        return Files.writeString(
                folder.resolve("live.yaml"),
                COLUMNS
                        + "job: {kafka: {bootstrap-servers: '"
                        + broker.bootstrapServers()
                        + "', timeout: 1 min}}\n");
    }
}
