// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.ModelFile;
import dev.kedge.tests.cli.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state tools as a user meets them, on savepoints and checkpoints of the real job. */
class StateToolsITCase {
    private static final RecordJson<CreativeScore> JSON = RecordJson.of(CreativeScore.class);

    private static final String MODEL = "market-1";
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
    void listTellsWhereAJobsStateLiesAndHowLargeItIs() throws IOException {
        Path job =
                Files.writeString(folder.resolve("job.yaml"), StrictYaml.write(market.settings()));
        Path state = Path.of(URI.create(market.settings().checkpointUri()));

        Answer ofFile = Answer.to("state", "list", job.toString());
        Answer ofAll = Answer.to("state", "list", state.getParent().toString());

        ofFile.isGoodWith(state + ": ", " MB in all", "/chk-", " UTC ", "  whole");
        assertThat(ofFile.out()).doesNotContain("damaged", " 0 B");
        assertThat(ofAll.out()).isEqualTo(ofFile.out());
    }

    @Test
    void listTellsWhatIsDamaged() throws IOException {
        Path all = Path.of(URI.create(market.end())).getParent();
        Path copy = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(all)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, copy.resolve(all.relativize(file).toString()));
            }
        }
        Path damaged = copy.resolve(Path.of(URI.create(market.end())).getFileName());
        Files.write(damaged.resolve("_metadata"), new byte[] {1, 2, 3});

        Answer answer = Answer.to("state", "list", copy.toString());

        answer.isGoodWith("  damaged: ", "  whole", damaged.getFileName().toString());
        assertThat(answer.out().lines()).hasSize(3);
    }

    @Test
    void listOfWhatIsNotThereIsAMistake() {
        Answer.to("state", "list", folder.resolve("absent").toString())
                .isAMistakeWith("absent: there is no such folder");
    }

    @Test
    void inspectTellsWhatEachModelIsMadeOf() {
        Answer answer = Answer.to("state", "inspect", market.halfway());

        answer.isGoodWith(
                "market-1: ",
                "market-2: ",
                "all 2 models of 'learn': ",
                "ADVERTISERS 1, CALIBRATION 1, CONTRACT 1, DUE 1, EFFECTS 1, EVALUATION 1, EXPERTS 2, HEAD_PRECISION 1, INTERVALS 1, LEARNER 3, LEARNER_ROW 1, LEDGER_ENTRY 3, LEDGER_ENTRY 8, LEDGER_ORDER 1, MICRO_BATCH 2, MODEL 1, PARAMETERS 1",
                "median ",
                "largest ");
        assertThat(answer.out())
                .containsPattern("learner/parameters +[0-9,]+ bytes +1 part")
                .containsPattern("learner/slot +[0-9,]+ bytes")
                .containsPattern("learner/row +[0-9,]+ bytes +[0-9,]+ parts")
                .containsPattern("ledger +[0-9,]+ bytes")
                .containsPattern("progress +[0-9,]+ bytes +1 part")
                .doesNotContain(StoppedMarket.NEWCOMER);
    }

    @Test
    void inspectInJsonAddsUp() throws IOException {
        Answer answer = Answer.to("state", "inspect", market.end(), "--json");

        answer.isGoodWith("\"operator\" : \"learn\"");
        JsonNode root = new ObjectMapper().readTree(answer.out());
        List<Long> sizes = new ArrayList<>();
        for (JsonNode model : root.get("models")) {
            long bytes = 0;
            for (JsonNode family : model.get("families")) {
                bytes += family.get("bytes").asLong();
            }
            assertThat(bytes).isEqualTo(model.get("bytes").asLong()).isGreaterThan(1000);
            assertThat(model.get("digest").asText()).hasSize(64);
            sizes.add(bytes);
        }
        JsonNode all = root.get("summary");
        assertThat(sizes).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(all.get("models").asLong()).isEqualTo(3);
        assertThat(all.get("bytes").asLong())
                .isEqualTo(sizes.stream().mapToLong(Long::longValue).sum());
        assertThat(all.get("medianBytes").asLong()).isEqualTo(sizes.get(1));
        assertThat(all.get("largestBytes").asLong()).isEqualTo(sizes.get(0));
    }

    @Test
    void inspectTellsNoMoreModelsThanAsked() {
        Answer answer = Answer.to("state", "inspect", market.end(), "--limit", "1");

        answer.isGoodWith("... and 2 models more", "all 3 models");
        assertThat(answer.out().lines().filter(line -> line.startsWith("market-"))).hasSize(1);
    }

    @Test
    void aRetainedCheckpointHasTheSameBytesAsTheSavepointOfItsMoment() {
        Answer.to("state", "diff", market.halfway(), market.checkpoint())
                .isGoodWith("identical: 2 models");
    }

    @Test
    void diffTellsModelsPartsAndSlicesThatDiffer() {
        Answer answer =
                Answer.to("state", "diff", market.checkpoint(), market.end(), "--limit", "60");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .contains(
                        "market-3: only in B",
                        "market-1: differs",
                        "market-2: differs",
                        "  learner/progress: ",
                        "different: 2 models differ, 0 only in A, 1 only in B; 0 are identical")
                .containsPattern(
                        "learner/parameters: slices .* [0-9]+ of [0-9]+ values, by at most [0-9.E-]+")
                .containsPattern("learner/slot/0: slices ")
                .containsPattern(
                        "learner/row/encoder/text: rows: [0-9,]+ differ, 0 only in A, [0-9,]+ only in B")
                .containsPattern("ledger/\\S+: ");
    }

    @Test
    void diffTellsNoMoreThanAskedAndTheOtherSideTheOtherWayRound() {
        Answer answer = Answer.to("state", "diff", market.end(), market.halfway(), "--limit", "1");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .contains("market-3: only in A", "market-1: differs", "... and 1 more")
                .doesNotContain("market-2: differs");
    }

    @Test
    void anExportedModelGoesOnAsTheJobDid() throws Exception {
        Path file = folder.resolve("model.kedge");

        Answer.to("state", "export", MODEL, "--from", market.halfway(), "--to", file.toString())
                .isGoodWith(file + ": model 'market-1', ");

        ModelFile exported = ModelFile.fromBytes(Files.readAllBytes(file));
        assertThat(exported.model()).isEqualTo(MODEL);
        Map<String, List<String>> expected = new TreeMap<>(market.scoresOfSecond());
        expected.keySet().removeIf(key -> !key.startsWith(MODEL + "|"));
        assertThat(expected.values().stream().mapToInt(List::size).sum()).isGreaterThan(200);
        assertThat(goOn(exported)).isEqualTo(expected);
    }

    @Test
    void aModelFromACheckpointIsTheOneFromTheSavepoint() throws IOException {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");

        export(market.halfway(), one).isGoodWith("model 'market-1'");
        export(market.checkpoint(), other).isGoodWith("model 'market-1'");

        assertThat(other).hasSameBinaryContentAs(one);
    }

    @Test
    void aFileThatIsThereIsKeptUnlessForced() throws IOException {
        Path file = Files.writeString(folder.resolve("mine"), "mine");

        export(market.halfway(), file).isAMistakeWith(file + ": is there already; --force");
        assertThat(file).hasContent("mine");
        Answer.to("state", "export", MODEL, "--from", market.end(), "--to", file + "", "--force")
                .isGoodWith("model 'market-1'");
        assertThat(ModelFile.fromBytes(Files.readAllBytes(file)).model()).isEqualTo(MODEL);
    }

    @Test
    void aModelThatIsNotThereIsNamed() {
        Path file = folder.resolve("none");

        Answer.to("state", "export", "market-9", "--from", market.halfway(), "--to", file + "")
                .isAMistakeWith("operator 'learn' keeps no model 'market-9'");
        assertThat(file).doesNotExist();
    }

    @Test
    void anOperatorThatIsNotThereIsNamedWithThoseThatAre() {
        Answer.to("state", "inspect", market.halfway(), "--uid", "lern")
                .isAMistakeWith("no operator has the uid 'lern'; there are [", "learn");
    }

    @Test
    void anOperatorWithoutModelsIsNamed() {
        Answer.to("state", "inspect", market.halfway(), "--uid", "creatives")
                .isAMistakeWith("operator 'creatives' keeps no models");
    }

    @Test
    void aPathWithNothingIsNamed() {
        Path absent = folder.resolve("absent");

        Answer.to("state", "inspect", absent.toString())
                .isAMistakeWith(absent + ": there is no such file or folder");
        Answer both = Answer.to("state", "diff", market.end(), absent.toString());
        both.isAMistakeWith(absent.toString());
        assertThat(both.exitCode()).isEqualTo(2);
    }

    @Test
    void aFolderAboveTheSavepointsLeadsToTheNewest() {
        String above = market.folder().resolve("savepoints").toString();

        Answer.to("state", "inspect", above)
                .isAMistakeWith("it has no file _metadata; the newest below it is file:");
    }

    @Test
    void aFileThatIsNoSavepointIsNamed() throws IOException {
        Files.writeString(folder.resolve("_metadata"), "this is no savepoint");

        Answer.to("state", "inspect", folder.toString())
                .isAMistakeWith(folder + ": no readable savepoint");
    }

    @Test
    void aDamagedPartIsNamedByModelAndName() throws IOException {
        Path copy = copy(market.halfway());
        Path state = stateFile(copy);
        byte[] bytes = Files.readAllBytes(state);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("KEDG");
        bytes[at + FIRST_OF_PAYLOAD] ^= 1;
        Files.write(state, bytes);

        Answer.to("state", "inspect", copy.toString())
                .isAMistakeWith("model 'market-", "is damaged: part '", "checksum is");
        Answer.to("state", "diff", copy.toString(), copy.toString())
                .isAMistakeWith("is damaged: part '");
    }

    @Test
    void aSavepointThatIsCutShortIsNamed() throws IOException {
        Path copy = copy(market.halfway());
        Path state = stateFile(copy);
        byte[] bytes = Files.readAllBytes(state);
        Files.write(state, Arrays.copyOf(bytes, bytes.length / 2));

        Answer.to("state", "inspect", copy.toString())
                .isAMistakeWith(copy + ": the state cannot be read: it ends too early");
    }

    @Test
    void aSavepointWithoutItsStateIsNamed() throws IOException {
        Path copy = copy(market.halfway());
        Path state = stateFile(copy);
        Files.delete(state);

        Answer.to("state", "inspect", copy.toString())
                .isAMistakeWith(copy + ": the state cannot be read", state.getFileName() + "");
    }

    @Test
    void aLimitOutOfBoundsIsAnsweredWithItsBound() {
        Answer.to("state", "inspect", market.end(), "--limit", "0")
                .isAMistakeWith("--limit: 0 is not allowed; it must be 1 or more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state",
                "state --help",
                "state inspect --help",
                "state diff --help",
                "state export --help",
                "help state"
            })
    void helpHasAnExample(String line) {
        Answer.to(line.split(" ")).isGoodWith("Usage: kedge state", "Examples:", "  kedge state ");
    }

    @Test
    void inspectingLeavesNothingBehind() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> before = ours(temporary);

        Answer.to("state", "diff", market.end(), market.halfway());

        assertThat(ours(temporary)).isEqualTo(before);
    }

    private static List<Path> ours(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(f -> f.getFileName().toString().matches("kedge-(state|diff).*"))
                    .sorted()
                    .toList();
        }
    }

    private static Answer export(String from, Path file) {
        return Answer.to("state", "export", MODEL, "--from", from, "--to", file.toString());
    }

    private static Path local(String savepoint) {
        return savepoint.contains(":") ? Path.of(URI.create(savepoint)) : Path.of(savepoint);
    }

    private Path copy(String savepoint) throws IOException {
        Path copy = folder.resolve("copy");
        FileUtils.copy(
                org.apache.flink.core.fs.Path.fromLocalFile(local(savepoint).toFile()),
                org.apache.flink.core.fs.Path.fromLocalFile(copy.toFile()),
                false);
        return copy;
    }

    private static Path stateFile(Path savepoint) throws IOException {
        try (Stream<Path> files = Files.list(savepoint)) {
            return files.filter(file -> !file.endsWith("_metadata"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static Map<String, List<String>> goOn(ModelFile exported) throws Exception {
        Scores scores = new Scores();
        try (LiveModels.Shared<CreativeEvent, CreativeScore, ModelMetrics> shared =
                new DiscontinuationModels(market.settings().discontinuation()).open()) {
            LiveModel<CreativeEvent, CreativeScore, ModelMetrics> model =
                    shared.load(exported.model(), exported.parts());
            for (SimulatedRecord simulated : market.second()) {
                if (simulated.key().equals(exported.model())
                        && simulated.kind() != SimulatedRecord.Kind.BROKEN) {
                    model.process(incoming(simulated), scores);
                }
            }
        }
        return scores.byKey;
    }

    private static Incoming<CreativeEvent> incoming(SimulatedRecord simulated)
            throws UndecodableException {
        return new Incoming<>(
                new CreativeEventJson().decode(simulated.value()),
                new Origin("in", 0, 0, -1),
                simulated.value());
    }

    private static final class Scores implements Outlet<CreativeScore, ModelMetrics> {
        private final Map<String, List<String>> byKey = new TreeMap<>();

        @Override
        public void score(CreativeScore score) {
            byKey.computeIfAbsent(ResultKeys.of(score), key -> new ArrayList<>())
                    .add(new String(JSON.encode(score), StandardCharsets.UTF_8));
        }

        @Override
        public void metrics(ModelMetrics metrics) {
            // Only scores are compared.
        }

        @Override
        public void reject(DeadLetter letter) {
            // Only scores are compared.
        }
    }
}
