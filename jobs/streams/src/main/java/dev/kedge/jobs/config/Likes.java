// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.state.settings.Like;
import dev.kedge.state.settings.Schema;
import dev.kedge.state.text.Text;
import java.lang.reflect.RecordComponent;

/** Completes the elements of lists that are {@link Like} a setting beside them. */
final class Likes {
    private Likes() {}

    /**
     * Puts into each such element what it does not say itself.
     *
     * @param type the record that the tree is of
     * @param flat the tree as a file has it, defaults included
     * @param source begins every message
     * @throws ConfigurationException if an element has a field that there is not
     */
    static void complete(Class<?> type, ObjectNode flat, String source) {
        complete(type, flat, "", source);
    }

    private static void complete(Class<?> type, ObjectNode flat, String path, String source) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = Schema.name(component);
            Like like = component.getAnnotation(Like.class);
            if (Schema.isGroup(component)) {
                complete(component.getType(), flat, path, source);
            } else if (like != null && flat.get(name) instanceof ArrayNode list) {
                elements(list, flat.get(like.value()), path + name, source);
            } else if (component.getType().isRecord()
                    && flat.get(name) instanceof ObjectNode inner) {
                complete(component.getType(), inner, path + name + ".", source);
            }
        }
    }

    private static void elements(ArrayNode list, JsonNode standard, String path, String source) {
        for (int i = 0; i < list.size(); i++) {
            String at = Text.format("%s[%d]", path, i);
            if (!list.get(i).isObject()) {
                throw ConfigurationException.of(
                        "%s: %s: %s is not allowed; it must be a mapping of fields",
                        source, at, list.get(i));
            }
            ObjectNode whole = standard.deepCopy();
            StrictYaml.merge(at, whole, list.get(i), source);
            list.set(i, whole);
        }
    }
}
