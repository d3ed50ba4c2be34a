// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.state.record.BoundType;
import dev.kedge.state.record.Flat;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.OmittedIfEmpty;
import dev.kedge.state.record.RecordShape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The JSON Schema of what a job says, made from the components of its record as its JSON is. What
 * fields mean is taken from the tables of a section of a document.
 */
final class RecordSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]*`) \\|[^|]*\\| (.*) \\|$");
    private static final Pattern WORD = Pattern.compile("`([^`]*)`");

    private final Map<String, String> meanings;

    private RecordSchema(Map<String, String> meanings) {
        this.meanings = meanings;
    }

    /**
     * The schema of a record.
     *
     * @param title what it is
     * @param section of docs/events.md, its text
     */
    static ObjectNode of(Class<?> type, String title, String section) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.put("description", "What stands in docs/events.md holds beside it.");
        new RecordSchema(meanings(section)).object(BoundType.of(type), schema);
        return schema;
    }

    private static Map<String, String> meanings(String section) {
        Map<String, String> meanings = new TreeMap<>();
        for (MatchResult row : ROW.matcher(section).results().toList()) {
            String meaning = row.group(2).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
            WORD.matcher(row.group(1))
                    .results()
                    .forEach(name -> meanings.putIfAbsent(name.group(1), meaning.replace("`", "")));
        }
        return meanings;
    }

    private void object(BoundType type, ObjectNode schema) {
        schema.put("type", "object");
        ObjectNode properties = JSON.createObjectNode();
        ArrayNode required = JSON.createArrayNode();
        if (type.raw() == TrackerScore.Seen.class) {
            seen(properties, required);
        } else {
            components(type, properties, required);
        }
        schema.set("properties", properties);
        schema.set("required", required);
    }

    private void components(BoundType type, ObjectNode properties, ArrayNode required) {
        RecordShape shape = new RecordShape(type);
        for (RecordShape.Field field : shape.fields()) {
            if (field.is(Flat.class)) {
                components(field.type(), properties, required);
                continue;
            }
            put(properties, field.name(), value(field));
            boolean always = field.type().raw() != Optional.class && field.since() == 0;
            if (always && !field.is(OmittedIfEmpty.class)) {
                required.add(field.name());
            }
        }
        shape.derived().forEach(field -> put(properties, field.name(), value(field)));
    }

    /** Fields in the order of {@code SeenJson}, which writes them. */
    private void seen(ObjectNode properties, ArrayNode required) {
        put(properties, "track", typed("integer").put("minimum", -1));
        put(properties, "dropped", constants(TrackerScore.Dropped.class));
        put(properties, "similarity", numberOrNull());
        put(properties, "isNew", typed("boolean"));
        put(properties, "sightings", typed("integer").put("minimum", 0));
        put(properties, "class", typed("string"));
        ObjectNode box = array(typed("number"));
        put(properties, "box", box.put("minItems", 4).put("maxItems", 4));
        required.add("track");
    }

    private void put(ObjectNode properties, String name, ObjectNode schema) {
        Optional.ofNullable(meanings.get(name)).ifPresent(text -> schema.put("description", text));
        properties.set(name, schema);
    }

    private ObjectNode value(RecordShape.Field field) {
        return field.is(Moment.class)
                ? typed("string").put("format", "date-time")
                : value(field.type());
    }

    private ObjectNode value(BoundType type) {
        Class<?> raw = type.raw();
        if (raw.isEnum()) {
            return constants(raw);
        }
        if (raw == Optional.class) {
            return value(type.first());
        }
        if (raw == List.class) {
            return array(value(type.first()));
        }
        if (raw.isRecord()) {
            ObjectNode inner = JSON.createObjectNode();
            object(type, inner);
            return inner;
        }
        return plain(raw);
    }

    private static ObjectNode plain(Class<?> raw) {
        if (raw == double[].class) {
            return array(numberOrNull());
        }
        if (raw == Double.class) {
            return numberOrNull();
        }
        if (raw == Long.class || raw == Integer.class) {
            return typed("integer");
        }
        if (raw == Boolean.class) {
            return typed("boolean");
        }
        if (raw == String.class) {
            return typed("string");
        }
        throw new IllegalArgumentException("no schema of " + raw);
    }

    private static ObjectNode constants(Class<?> type) {
        ObjectNode schema = typed("string");
        ArrayNode names = schema.putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            names.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
        }
        return schema;
    }

    private static ObjectNode array(ObjectNode items) {
        ObjectNode schema = typed("array");
        schema.set("items", items);
        return schema;
    }

    private static ObjectNode numberOrNull() {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("type").add("number").add("null");
        return schema;
    }

    private static ObjectNode typed(String type) {
        return JSON.createObjectNode().put("type", type);
    }
}
