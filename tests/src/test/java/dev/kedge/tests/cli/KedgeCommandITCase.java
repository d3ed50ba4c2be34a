// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.connectors.onnx.testing.TinyOnnx;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.ads.DiscontinuationFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kedge command as a person meets it, above all after a mistake. */
class KedgeCommandITCase {
    private static final String FIVE_TOPICS =
            "topics: {creatives: in, scores: out, metrics: quality, dead-letters: refused, control:"
                    + " orders}";

    private static EmbeddedBroker broker;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        try (Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
            for (String name : new String[] {"in", "out", "quality", "refused", "orders"}) {
                topics.create(name, 1);
            }
            topics.create("unordered", 2);
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private String file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("job.yaml"), String.join("\n", lines)).toString();
    }

    private static String kafka() {
        return "kafka: {bootstrap-servers: '" + broker.bootstrapServers() + "', timeout: 1 min}";
    }

    private static int free() throws IOException {
        try (ServerSocket socket = local()) {
            return socket.getLocalPort();
        }
    }

    private static ServerSocket local() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafak: {} | kafak: unknown field; allowed here: alerts, cache, checkpoints,"
                        + " dashboard",
                "parallelism: many | parallelism: 'many' is not allowed; it must be a whole number",
                "parallelism: 0 | parallelism: 0 is not allowed; it must be between 1 and 1024",
                "name: [ | not YAML at line",
                "job: clasifier | job: 'clasifier' is not allowed; it must be one of"
                        + " discontinuation",
                "job: [discontinuation] | job: [\"discontinuation\"] is not allowed; it must be a"
                        + " text",
                "dashboard: {host: 0.0.0.0} | dashboard.host: 0.0.0.0 is not allowed; it must be"
                        + " localhost as long as dashboard.token is empty"
            })
    void aMistakeInAFileIsAnsweredInOneLineThatNamesTheFile(String yaml, String words)
            throws IOException {
        String file = file(yaml);

        Answer.to("run", file).isAMistakeWith("kedge: " + file + ": ", words);
        Answer.to("run", file, "--check").isAMistakeWith(words);
        Answer.to("run", file, "--show").isAMistakeWith(words);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        String file = folder.resolve("absent.yaml").toString();

        Answer.to("run", file).isAMistakeWith(file + ": there is no such file");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamedWithTheTimeItWasGiven() throws IOException {
        String address = "localhost:" + free();
        String file = file("kafka: {bootstrap-servers: '" + address + "', timeout: 700 ms}");

        Answer.to("run", file)
                .isAMistakeWith("no Kafka broker answered at " + address + " within 700 ms");
        Answer.to("run", file, "--check").isAMistakeWith(address);
    }

    @Test
    void anEncoderThatDoesNotFitIsNamedBeforeAnyBrokerIsAsked() throws IOException {
        String texts =
                TinyOnnx.file(
                        folder.resolve("texts.onnx"), TinyOnnx.texts(Map.of("a", 1f), 0, 1, 2));
        String job =
                """
                kafka: {bootstrap-servers: 'nowhere.invalid:9092'}
                encoders: {text: {model: '%s', width: 3}}
                discontinuation: {features: {embedding: 3}}
                """;

        Answer.to("run", file(job.formatted("absent.onnx")), "--check")
                .isAMistakeWith("encoders.text.model: absent.onnx is not allowed");
        Answer.to("run", file(job.formatted(texts)))
                .isAMistakeWith("encoders.text.width: 3 is not allowed; it must be 2, as " + texts);
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() throws IOException {
        String file = file("kafka: {bootstrap-servers: 'nowhere.invalid:9092', timeout: 700 ms}");

        Answer.to("run", file).isAMistakeWith("nowhere.invalid:9092");
    }

    @Test
    void aControlTopicOfTwoPartitionsIsRefused() throws IOException {
        String file = file(kafka(), FIVE_TOPICS.replace("orders", "unordered"));

        Answer.to("run", file, "--check")
                .isAMistakeWith("topics.control: unordered has 2 partitions; it must have 1");
    }

    @Test
    void aTopicThatIsNotThereIsNamedWithTheCommandThatCreatesIt() throws IOException {
        String file =
                file(
                        kafka(),
                        FIVE_TOPICS.replace("quality", "absent-1").replace("out", "absent-2"));

        Answer.to("run", file)
                .isAMistakeWith("no such topic", "absent-2, absent-1", "--create --topic absent-2");
        Answer.to("run", file, "--check").isAMistakeWith("absent-1");
    }

    @Test
    void aPortThatAnotherProgramHasIsNamedByTheDemo() throws IOException {
        try (ServerSocket other = local()) {
            String port = Integer.toString(other.getLocalPort());

            Answer.to("demo", "--port", port, "--for", "1s")
                    .isAMistakeWith("Port " + port + " is in use", "--port");
        }
    }

    @Test
    void aPortThatAnotherProgramHasIsNamedByRun() throws IOException {
        try (ServerSocket other = local()) {
            int port = other.getLocalPort();
            String file =
                    file(
                            kafka(),
                            FIVE_TOPICS,
                            "checkpoints: {directory: '" + folder + "'}",
                            "dashboard: {port: " + port + ", view: ''}");

            Answer.to("run", file).isAMistakeWith("Port " + port + " is in use", "dashboard.port");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --for soon | 'soon' is not a duration; say for example 60s | kedge demo",
                "demo --for 20 | '20' has no unit; say for example 20s or 20min | kedge demo",
                "demo --for -5s | '-5s' is not a duration | kedge demo",
                "demo --for | --for | kedge demo",
                "demo --speed fast | --speed | kedge demo",
                "demo --port x | --port | kedge demo",
                "demo --seed 1.5 | --seed | kedge demo",
                "demo --sped 2 | --sped | kedge demo",
                "demo extra | extra | kedge demo",
                "run | JOB.yaml | kedge run",
                "run a.yaml b.yaml | b.yaml | kedge run",
                "run a.yaml --frehs | --frehs | kedge run",
                "dmeo | dmeo | kedge",
                "--verzion | --verzion | kedge",
                "help dmeo | dmeo | kedge"
            })
    void aMistypedCommandIsAnsweredInOneLineThatSaysWhereHelpIs(
            String line, String word, String command) {
        Answer answer = Answer.to(line.split(" "));

        answer.isAMistakeWith(word, "; try " + command);
        assertThat(answer.err().strip()).endsWith(" --help");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --speed 0 | --speed: 0.0 is not allowed; it must be above 0",
                "demo --speed -1 | --speed: -1.0 is not allowed",
                "demo --speed NaN | --speed: NaN is not allowed",
                "demo --speed 1001 | at most 1000 days a second",
                "demo --port -1 | --port: -1 is not allowed; it must be between 0 and 65535",
                "demo --port 65536 | --port: 65536 is not allowed"
            })
    void aNumberOutOfBoundsIsAnsweredWithItsBounds(String line, String words) {
        Answer.to(line.split(" ")).isAMistakeWith(words);
    }

    @Test
    void aGoodFileIsFoundGood() throws IOException {
        String file = file(kafka(), FIVE_TOPICS);

        Answer.to("run", file, "--check").isGoodWith(file + ": good");
    }

    @Test
    void theWholeConfigurationIsShownAndIsAFileItself() throws IOException {
        Answer answer = Answer.to("run", file("name: mine"), "--show");

        answer.isGoodWith("name: \"mine\"", "horizons:");
        assertThat(Jobs.parse(answer.out(), "shown").settings())
                .isEqualTo(Jobs.parse("name: mine", "mine").settings())
                .isInstanceOf(DiscontinuationFile.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "run --help",
                "replay --help",
                "help demo",
                "help run",
                "help"
            })
    void helpHasAnExample(String line) {
        Answer.to(line.split(" ")).isGoodWith("Usage: kedge", "Examples:", "  kedge ");
    }

    @Test
    void theHelpNamesWhatOnlyACheckoutHasAndWhereTheLogIs() {
        Answer.to("--help")
                .isGoodWith("kedge bench", "kedge chaos", "logs/kedge.log", "kedge.log.dir=DIR");
    }

    @Test
    void theCommandAloneShowsItsHelp() {
        assertThat(Answer.to()).isEqualTo(Answer.to("--help"));
    }

    @Test
    void theCompletionOfTheShellKnowsTheCommands() {
        Answer.to("generate-completion")
                .isGoodWith("complete -F", "kedge", "demo", "run", "--speed");
    }

    @Test
    void theVersionIsTold() {
        Answer.to("--version").isGoodWith("kedge 0.1.0");
    }
}
