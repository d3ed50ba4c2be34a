// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.state.replay.MemoryBound;
import dev.kedge.state.settings.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;

/** The fields of a file: paths and types from the records, defaults as StrictYaml writes them. */
final class ConfigurationTable {
    private static final Map<Type, String> WORDS =
            Map.ofEntries(
                    Map.entry(String.class, "text"),
                    Map.entry(Long.class, "whole number"),
                    Map.entry(boolean.class, "true or false"),
                    Map.entry(int.class, "whole number"),
                    Map.entry(Integer.class, "whole number"),
                    Map.entry(long.class, "whole number"),
                    Map.entry(double.class, "number"),
                    Map.entry(Double.class, "number"),
                    Map.entry(Duration.class, "duration"),
                    Map.entry(MemorySize.class, "memory size"),
                    Map.entry(MemoryBound.class, "samples or memory size"),
                    Map.entry(CacheBudget.class, "memory size or share"));

    private final List<Field> fields;

    record Field(String path, String type, String standard, String meaning) {}

    ConfigurationTable(Class<?> type, Object defaults) {
        fields = new ArrayList<>();
        try {
            JsonNode values = new YAMLMapper().readTree(StrictYaml.write(defaults));
            add("", type, values, path -> Optional.empty());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ConfigurationTable(List<Field> fields) {
        this.fields = fields;
    }

    /** The same with some of the fields. */
    ConfigurationTable only(Predicate<String> paths) {
        return new ConfigurationTable(
                fields.stream().filter(field -> paths.test(field.path())).toList());
    }

    List<Field> fields() {
        return List.copyOf(fields);
    }

    /** The table in Markdown. */
    String render() {
        return fields.stream()
                .map(
                        field ->
                                String.format(
                                        "| `%s` | %s | %s | %s |",
                                        field.path(),
                                        field.type(),
                                        field.standard(),
                                        field.meaning()))
                .collect(
                        Collectors.joining(
                                "\n",
                                "| field | type | default | meaning |\n|---|---|---|---|\n",
                                ""));
    }

    /** Adds a record's fields; the records around it may say other texts of them. */
    private void add(
            String prefix,
            Class<?> type,
            JsonNode values,
            Function<String, Optional<String>> outer) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = Schema.name(component);
            JsonNode value = values.get(name);
            if (Schema.isGroup(component)) {
                add(prefix, component.getType(), values, inside(component, "", outer));
            } else if (isRecord(component)) {
                add(
                        prefix + name + ".",
                        component.getType(),
                        value,
                        inside(component, name + ".", outer));
            } else {
                fields.add(
                        new Field(
                                prefix + name,
                                describe(component.getGenericType()),
                                standard(component.getType(), value),
                                outer.apply(name)
                                        .or(() -> Schema.meaning(component, ""))
                                        .orElse("")));
            }
        }
    }

    private static boolean isRecord(RecordComponent component) {
        return component.getType().isRecord() && !WORDS.containsKey(component.getType());
    }

    private static Function<String, Optional<String>> inside(
            RecordComponent component, String prefix, Function<String, Optional<String>> outer) {
        return path -> outer.apply(prefix + path).or(() -> Schema.meaning(component, path));
    }

    private static String describe(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == SortedMap.class
                    ? "texts by name"
                    : list(generic.getActualTypeArguments()[0]);
        }
        if (type instanceof Class<?> constants && constants.isEnum()) {
            return Arrays.stream(constants.getEnumConstants())
                    .map(constant -> "`" + word(constant.toString()) + "`")
                    .collect(Collectors.joining(", "));
        }
        if (!WORDS.containsKey(type)) {
            throw new IllegalStateException("no word for " + type);
        }
        return WORDS.get(type);
    }

    private static String list(Type element) {
        if (element == MemoryBound.class) {
            return "list of samples or memory sizes";
        }
        if (element instanceof Class<?> record && record.isRecord()) {
            return "list of mappings";
        }
        return element instanceof Class<?> constants && constants.isEnum()
                ? "list of " + describe(element)
                : describe(element) + "s, a list";
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String standard(Class<?> type, JsonNode value) {
        if (type == CacheBudget.class || type == MemorySize.class) {
            return code(MemorySize.parse(value.asText()).toString());
        }
        if (value.isEmpty() && value.isContainerNode()) {
            return "none";
        }
        String text = value.isTextual() ? value.asText() : value.toString().replace(",", ", ");
        return text.isEmpty()
                ? "empty"
                : code(text.replace(here(), "file:///.../").replaceAll("/$", ""));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    /** Where the tests run must not reach the document. */
    private static String here() {
        return Path.of("").toAbsolutePath().toUri().toString();
    }
}
