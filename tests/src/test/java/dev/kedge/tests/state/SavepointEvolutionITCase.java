// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.tests.cli.Answer;
import dev.kedge.tests.failover.CommittedTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that go on from a savepoint of another version of themselves, or refuse to. */
class SavepointEvolutionITCase {
    private static final RecordJson<CreativeScore> JSON = RecordJson.of(CreativeScore.class);

    private static final int FIRST_OF_PAYLOAD = 16;

    @TempDir private static Path marketFolder;

    private static StoppedMarket market;

    @TempDir private Path folder;

    @BeforeAll
    static void run() throws Exception {
        market = new StoppedMarket(marketFolder);
    }

    @AfterAll
    static void close() {
        market.close();
    }

    @Test
    void aJobWithMoreIntervalsGoesOnWithWhatWasLearned() throws Exception {
        List<Double> cuts = new ArrayList<>(market.settings().discontinuation().intervals().cuts());
        cuts.addAll(List.of(98.0, 112.0));
        DiscontinuationFile wider = with("wider", "intervals: {cuts: " + cuts + "}");

        try (EmbeddedJob job =
                        EmbeddedJob.start(
                                new DiscontinuationJob(wider), Optional.of(market.halfway()));
                CommittedTopic scores = scores(wider)) {
            await().until(() -> scores.read() > 100);

            assertThat(job.failure()).isEmpty();
            List<CreativeScore> first = firstLaunches(scores);
            assertThat(first)
                    .isNotEmpty()
                    .allSatisfy(score -> assertThat(score.outlook().hazard()).hasSize(cuts.size()));
            assertThat(first)
                    .filteredOn(score -> !score.model().equals(StoppedMarket.NEWCOMER))
                    .isNotEmpty()
                    .allSatisfy(
                            score -> assertThat(score.version().modelVersion()).isGreaterThan(10));
        }
    }

    @Test
    void aJobWithOtherTablesIsRefusedAndNamesTheDifference() throws Exception {
        DiscontinuationFile other = with("other", "features: {text-buckets: 4096}");

        assertThat(failureOf(other, market.halfway()))
                .startsWith("model 'market-")
                .contains("features.text-buckets: the model was learned with 2048")
                .contains("the job has 4096");
    }

    @Test
    void aJobWithASmallerHeadIsRefusedAndNamesTheDifference() throws Exception {
        DiscontinuationFile smaller =
                with("smaller", "intervals: {cuts: [0, 7, 14, 28], boundary: 14}");

        assertThat(failureOf(smaller, market.halfway())).contains("intervals.cuts: the model was");
    }

    @Test
    void whatAModelWouldRefuseIsRefusedByTheCheckAsWell() throws Exception {
        DiscontinuationFile smaller =
                with("checked", "intervals: {cuts: [0, 7, 14, 28], boundary: 14}");
        Path file = Files.writeString(folder.resolve("checked.yaml"), StrictYaml.write(smaller));
        Path good =
                Files.writeString(
                        folder.resolve("good.yaml"), StrictYaml.write(with("good", "seed: 2026")));

        Answer refused = Answer.to("run", file.toString(), "--check", "--from", market.halfway());
        Answer approved = Answer.to("run", good.toString(), "--check", "--from", market.halfway());
        Answer fresh = Answer.to("run", file.toString(), "--check", "--fresh");

        refused.isAMistakeWith(
                "checked.yaml: intervals.cuts: the model was learned with 0.0,",
                "the job has 0.0,7.0,14.0,28.0;",
                "/savepoint-");
        assertThat(approved.exitCode()).as(approved.err()).isZero();
        assertThat(fresh.exitCode()).as(fresh.err()).isZero();
    }

    @Test
    void aDamagedModelIsRefusedByItsName() throws Exception {
        DiscontinuationFile same = with("same", "seed: 2026");

        assertThat(failureOf(same, damaged()))
                .startsWith("damaged state: model 'market-")
                .contains("checksum is");
    }

    private String failureOf(DiscontinuationFile settings, String savepoint) {
        try (EmbeddedJob job =
                EmbeddedJob.start(new DiscontinuationJob(settings), Optional.of(savepoint))) {
            return await().until(job::failure, Optional::isPresent).orElseThrow();
        }
    }

    private static List<CreativeScore> firstLaunches(CommittedTopic scores)
            throws UndecodableException {
        List<CreativeScore> launches = new ArrayList<>();
        for (List<String> all : scores.values().values()) {
            CreativeScore first = JSON.decode(all.get(0).getBytes(StandardCharsets.UTF_8));
            if (first.cause() == CreativeScore.Cause.LAUNCH) {
                launches.add(first);
            }
        }
        return launches;
    }

    private static CommittedTopic scores(DiscontinuationFile settings) {
        return new CommittedTopic(settings.kafka().bootstrapServers(), settings.topics().scores());
    }

    /** The market's job with a score topic and a folder of its own and one thing changed. */
    private DiscontinuationFile with(String name, String change) {
        String yaml =
                """
                name: %s
                topics: {scores: %s}
                checkpoints: {directory: '%s'}
                discontinuation: {%s}
                """
                        .formatted(name, name, folder.toUri(), change);
        DiscontinuationFile changed =
                StrictYaml.parse(
                        yaml, market.settings(), DiscontinuationFile.class, name + ".yaml");
        try (Topics topics =
                Topics.connect(changed.kafka().bootstrapServers(), changed.kafka().timeout())) {
            topics.create(name, 1);
        }
        return changed;
    }

    /** A copy of the savepoint with one bit of one model's part flipped. */
    private String damaged() throws IOException {
        Path from = Path.of(java.net.URI.create(market.halfway()));
        Path copy = Files.createDirectory(folder.resolve("damaged"));
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("KEDG");
                if (at >= 0) {
                    bytes[at + FIRST_OF_PAYLOAD] ^= 1;
                }
                Files.write(copy.resolve(file.getFileName()), bytes);
            }
        }
        return copy.toUri().toString();
    }
}
