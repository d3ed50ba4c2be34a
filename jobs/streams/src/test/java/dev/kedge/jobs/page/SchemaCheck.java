// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds a value against a schema of an OpenAPI document, as far as ours use JSON Schema:
 * references, types, constants, fields that must and may be there, elements.
 */
final class SchemaCheck {
    private final JsonNode document;
    private final List<String> complaints = new ArrayList<>();

    SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with the value; empty if it is as the schema says. */
    List<String> complaints(JsonNode value, JsonNode schema) {
        complaints.clear();
        check(value, schema, "$");
        return List.copyOf(complaints);
    }

    private void check(JsonNode value, JsonNode written, String at) {
        JsonNode schema = resolved(written);
        if (!typed(value, schema.path("type"))) {
            complaints.add(at + " is " + value + ", not " + schema.path("type"));
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            complaints.add(at + " is " + value + ", not one of " + schema.get("enum"));
        }
        if (value.isObject()) {
            fields(value, schema, at);
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), schema.path("items"), at + "[" + i + "]");
            }
        }
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private void fields(JsonNode value, JsonNode schema, String at) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                complaints.add(at + " lacks " + name.asText());
            }
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = schema.path("properties").path(field.getKey());
            JsonNode others = schema.path("additionalProperties");
            String where = at + "." + field.getKey();
            if (!known.isMissingNode()) {
                check(field.getValue(), known, where);
            } else if (others.isObject()) {
                check(field.getValue(), others, where);
            } else {
                complaints.add(where + " is not described");
            }
        }
    }

    private static boolean typed(JsonNode value, JsonNode types) {
        if (types.isArray()) {
            for (JsonNode type : types) {
                if (is(value, type.asText())) {
                    return true;
                }
            }
            return false;
        }
        return is(value, types.asText());
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean contains(JsonNode constants, JsonNode value) {
        for (JsonNode constant : constants) {
            if (constant.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
