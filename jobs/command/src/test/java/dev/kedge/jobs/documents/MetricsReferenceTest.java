// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.operators.flink.MetricNames;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| (?:counter|gauge) \\|");

    @Test
    void thePageHoldsAllNamesAndNoOthers() throws IllegalAccessException {
        Set<String> documented = new TreeSet<>();
        ROW.matcher(Documents.read("docs/metrics.md"))
                .results()
                .forEach(row -> documented.add(row.group(1)));

        assertThat(documented).isEqualTo(names());
    }

    private static Set<String> names() throws IllegalAccessException {
        Set<String> names =
                new TreeSet<>(
                        List.of(DecodeEvents.RECORDS_DECODED, DecodeEvents.RECORDS_UNDECODABLE));
        for (Field field : MetricNames.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                names.add((String) field.get(null));
            }
        }
        return names;
    }
}
