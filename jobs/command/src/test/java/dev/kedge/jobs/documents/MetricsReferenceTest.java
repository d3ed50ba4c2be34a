// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.metrics.FlinkMetrics;
import dev.kedge.jobs.metrics.Reporters;
import dev.kedge.operators.flink.KedgeMetric;
import dev.kedge.operators.flink.KedgeMetric.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of metrics has each of them, as its enum has it, and those of Flink's that are told. */
class MetricsReferenceTest {
    private static final String PAGE = "docs/metrics.md";
    private static final boolean WRITE = Boolean.getBoolean("kedge.write-docs");

    @Test
    void theLearnersMetricsAreOnThePage() {
        holds(
                "| name | kind | unit | meaning |\n|---|---|---|---|\n",
                of(at -> at != Place.DECODE));
    }

    @Test
    void theDecodersMetricsAreOnThePage() {
        String head = "| name | kind | counts | meaning |\n|---|---|---|---|\n";
        holds(head, of(at -> at == Place.DECODE));
    }

    @Test
    void thoseOfFlinksThatAreToldAreOnThePage() {
        holds(
                "| name in Prometheus | meaning |\n|---|---|\n",
                FlinkMetrics.chosen().stream()
                        .map(one -> "| `" + one.series() + "` | " + one.meaning() + " |\n")
                        .collect(Collectors.joining()));
    }

    private static String of(Predicate<Place> place) {
        return Arrays.stream(KedgeMetric.values())
                .filter(one -> place.test(one.place()))
                .map(MetricsReferenceTest::row)
                .collect(Collectors.joining());
    }

    private static String row(KedgeMetric metric) {
        String label = metric.label().isEmpty() ? "" : metric.label() + ".";
        List<String> cells =
                List.of(
                        "`" + label + metric.metricName() + "`",
                        metric.kind().name().toLowerCase(Locale.ROOT),
                        metric.unit(),
                        metric.meaning());
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static void holds(String head, String rows) {
        String page = Documents.read(PAGE);
        Matcher table =
                Pattern.compile("(?m)" + Pattern.quote(head) + "((?:^\\|.*\\|\n)*)").matcher(page);
        assertThat(table.find()).as(head).isTrue();
        if (WRITE) {
            int from = table.start(1);
            Documents.write(PAGE, page.substring(0, from) + rows + page.substring(table.end(1)));
        } else {
            assertThat(table.group(1)).isEqualTo(rows);
        }
    }

    /** Labels have these values, and no more than these whatever streams bring. */
    @Test
    void labelsAreOfAFixedFew() {
        Set<String> labels =
                Arrays.stream(KedgeMetric.values())
                        .map(KedgeMetric::label)
                        .filter(label -> !label.isEmpty())
                        .collect(Collectors.toSet());

        assertThat(labels).containsExactlyInAnyOrder("part", "figure", "reason", "memory");
        assertThat(Documents.read(PAGE)).contains(labels.stream().map(l -> "`" + l + "`").toList());
    }

    @Test
    void theFilterForAFlinkOfOnesOwnIsThatOfOurs() {
        String page = Documents.read(PAGE);

        Reporters.prometheus(9249)
                .forEach(
                        (name, value) ->
                                assertThat(page)
                                        .containsPattern(
                                                name
                                                        + ": (9249-9260|'?"
                                                        + Pattern.quote(value)
                                                        + "'?)\n"));
    }
}
