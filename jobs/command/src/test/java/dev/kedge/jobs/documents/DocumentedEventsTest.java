// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.json.CommandJson;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.DeadLetterSink;
import dev.kedge.jobs.ads.alerts.Alert;
import dev.kedge.jobs.ads.decisions.Decision;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeReactivated;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentedEventsTest {
    private final String document = Documents.read("docs/events.md");

    @Test
    void everyExampleOfAnEventIsRead() throws UndecodableException {
        List<Object> types = new ArrayList<>();
        for (String example : section("## Events in", "## Commands")) {
            CreativeEvent event = new CreativeEventJson().decode(example.getBytes(UTF_8));
            types.add(event.getClass());
        }

        assertThat(types)
                .containsExactly(
                        CreativeLaunched.class,
                        IntervalStatistics.class,
                        CreativeDiscontinued.class,
                        CreativeReactivated.class);
    }

    @Test
    void theExamplesOfCommandsAreRead() throws UndecodableException {
        List<Command.Verb> verbs = new ArrayList<>();
        for (String line : section("## Commands", "## Scores").get(0).lines().toList()) {
            verbs.add(new CommandJson().decode(line.getBytes(UTF_8)).verb());
        }

        assertThat(verbs).containsExactly(Command.Verb.RATE, Command.Verb.FORGET_ADVERTISER);
    }

    @Test
    void theExampleOfAScoreIsOne() throws UndecodableException {
        assertIsOne(CreativeScore.class, section("## Scores", "## Near-duplicates").get(0));
    }

    @Test
    void theExampleOfNearDuplicatesIsOne() throws UndecodableException {
        assertIsOne(CreativeDuplicates.class, section("## Near-duplicates", "## Metrics").get(0));
    }

    @Test
    void theExampleOfADecisionIsOne() throws UndecodableException {
        assertIsOne(Decision.class, section("## Decisions", "## Metrics").get(0));
    }

    @Test
    void theExampleOfAnAlertIsOne() throws UndecodableException {
        assertIsOne(
                Alert.class, Documents.blocks(Documents.read("docs/metrics.md"), "json").get(0));
    }

    @Test
    void theExampleOfMetricsIsOne() throws UndecodableException {
        assertIsOne(ModelMetrics.class, section("## Metrics", "## Dead letters").get(0));
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonIsExplained(DeadLetter.Reason reason) {
        assertThat(document).contains("| `" + reason.name().toLowerCase(Locale.ROOT) + "` |");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DeadLetterSink.REASON,
                DeadLetterSink.MESSAGE,
                DeadLetterSink.TOPIC,
                DeadLetterSink.PARTITION,
                DeadLetterSink.OFFSET,
                DeadLetterSink.TIMESTAMP,
                DeadLetterSink.CUT_FROM
            })
    void everyHeaderIsExplained(String header) {
        assertThat(document).contains("`" + header + "`");
    }

    /** Read and written again, an example is the same. */
    private static <R extends Record> void assertIsOne(Class<R> type, String example)
            throws UndecodableException {
        RecordJson<R> form = RecordJson.of(type);

        assertThat(json(form.encode(form.decode(example.getBytes(UTF_8)))))
                .isEqualTo(oneLine(example));
    }

    private List<String> section(String from, String to) {
        return Documents.blocks(
                document.substring(document.indexOf("\n" + from), document.indexOf("\n" + to)),
                "json");
    }

    private static String json(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String oneLine(String example) {
        return example.replaceAll("\\n *", "");
    }
}
