// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.kind.JobKind;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings;
import dev.kedge.state.settings.Count;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of each setting of each file, whoever adds it. */
class EverySettingTest {
    private static final int MOST_COMPONENTS = 14;

    /** A file: its record, and what it is without a word. */
    private record Root(String name, Class<?> type, Record defaults) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Root> roots() {
        return Stream.concat(
                Jobs.kinds().stream().map(EverySettingTest::root),
                Stream.of(
                        new Root(
                                "experiment",
                                ExperimentSettings.class,
                                ExperimentSettings.DEFAULT)));
    }

    private static Root root(JobKind<?> kind) {
        return new Root(kind.word(), kind.type(), (Record) kind.defaults());
    }

    @ParameterizedTest
    @MethodSource("roots")
    void theDefaultsAreAllowed(Root root) {
        assertThat(Schema.checked(root.defaults())).isSameAs(root.defaults());
    }

    @ParameterizedTest
    @MethodSource("roots")
    void noRecordIsTooWide(Root root) {
        List<Class<?>> records = new ArrayList<>(List.of(root.type()));
        walk("", root.type(), (path, component) -> records.add(component.getType()));

        assertThat(records)
                .filteredOn(Class::isRecord)
                .allSatisfy(
                        type ->
                                assertThat(type.getRecordComponents())
                                        .as(type.getName())
                                        .hasSizeLessThanOrEqualTo(MOST_COMPONENTS));
    }

    @ParameterizedTest
    @MethodSource("roots")
    void eachBoundIsKeptAndNamedWithItsPath(Root root) {
        Map<String, List<String>> outside = new TreeMap<>();
        walk("", root.type(), (path, component) -> outside.put(path, outside(component)));

        assertThat(outside.values().stream().filter(values -> !values.isEmpty()).count())
                .isGreaterThan(15);
        outside.forEach(
                (path, values) ->
                        values.forEach(
                                value ->
                                        assertThatThrownBy(() -> parse(root, path, value))
                                                .as("%s: %s", path, value)
                                                .isInstanceOf(ConfigurationException.class)
                                                .hasMessageStartingWith("f.yaml: " + path + ": ")
                                                .hasMessageContaining(
                                                        " is not allowed; it must be ")));
    }

    private static void parse(Root root, String path, String value) {
        String yaml = "{" + path.replace(".", ": {") + ": " + value + "}".repeat(depth(path));
        parse(root.type(), root.defaults(), yaml);
    }

    private static <T> void parse(Class<T> type, Record defaults, String yaml) {
        StrictYaml.parse(yaml, type.cast(defaults), type, "f.yaml");
    }

    private static int depth(String path) {
        return path.split("\\.").length;
    }

    private static void walk(
            String prefix, Class<?> type, BiConsumer<String, RecordComponent> visitor) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + Schema.name(component);
            visitor.accept(path, component);
            if (component.getType().isRecord()) {
                walk(Schema.isGroup(component) ? prefix : path + ".", component.getType(), visitor);
            }
        }
    }

    /** Values, as a file has them, that the annotations of a component do not allow. */
    private static List<String> outside(RecordComponent component) {
        List<String> values = new ArrayList<>();
        boolean list = component.getType() == List.class;
        Range range = component.getAnnotation(Range.class);
        if (range != null) {
            numbers(range, values);
            values.replaceAll(value -> list ? "[" + value + "]" : value);
        }
        Lasting lasting = component.getAnnotation(Lasting.class);
        if (lasting != null) {
            durations(lasting, values);
        }
        Count count = component.getAnnotation(Count.class);
        if (count != null && count.min() > 0) {
            values.add("[]");
        }
        Matching matching = component.getAnnotation(Matching.class);
        if (matching != null) {
            Stream.of("' '", "a b://", "2")
                    .filter(text -> !text.replace("'", "").matches(matching.value()))
                    .filter(text -> component.getType() == String.class || text.equals("2"))
                    .forEach(values::add);
        }
        return values;
    }

    private static void numbers(Range range, List<String> values) {
        number(range.min(), -1, values);
        number(range.max(), 1, values);
        number(range.above(), 0, values);
        number(range.below(), 0, values);
    }

    private static void number(double bound, int beyond, List<String> values) {
        if (Double.isFinite(bound)) {
            values.add(new BigDecimal(bound).add(BigDecimal.valueOf(beyond)).toPlainString());
        }
    }

    /** Files have no durations below 0. */
    private static void durations(Lasting lasting, List<String> values) {
        if (lasting.above().equals("0")) {
            values.add("0 s");
        }
        if (lasting.min().equals("1 minute") || lasting.min().equals("100 ms")) {
            values.add("99 ms");
        }
        if (!lasting.max().isEmpty()) {
            values.add("366 d");
        }
    }
}
