// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.NameTransformer;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Groups of settings, whose fields a file has among those around them. Files are written flat; what
 * is read is put into its groups before it is bound. Jackson could read it flat, too, but would
 * forget then where in the file a value stands.
 *
 * @param tree what is bound
 * @param written by JSON pointer in this tree, the characters of values that are no texts
 */
record Groups(ObjectNode tree, Map<String, String> written) {

    /** Puts the fields of a record's groups into a node for each group. */
    static Groups of(Class<?> type, ObjectNode flat, Map<String, String> written) {
        Map<String, String> moved = new HashMap<>();
        ObjectNode tree = nest(type, flat, "", "", written, moved);
        return new Groups(tree, moved);
    }

    private static ObjectNode nest(
            Class<?> type,
            ObjectNode flat,
            String from,
            String to,
            Map<String, String> written,
            Map<String, String> moved) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = Schema.name(component);
            String at = to + "/" + name;
            JsonNode value = flat.get(name);
            if (Schema.isGroup(component)) {
                tree.set(name, nest(component.getType(), flat, from, at, written, moved));
            } else if (value instanceof ObjectNode inner && component.getType().isRecord()) {
                String inside = from + "/" + name;
                tree.set(name, nest(component.getType(), inner, inside, at, written, moved));
            } else if (value != null) {
                tree.set(name, value);
                move(from + "/" + name, at, written, moved);
            }
        }
        return tree;
    }

    private static void move(
            String from, String to, Map<String, String> written, Map<String, String> moved) {
        written.forEach(
                (pointer, characters) -> {
                    if (pointer.equals(from) || pointer.startsWith(from + "/")) {
                        moved.put(to + pointer.substring(from.length()), characters);
                    }
                });
    }

    /** Whether a field of a record is a group, and so no part of a path. */
    static boolean isGroup(Class<?> type, String field) {
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(c -> Schema.isGroup(c) && Schema.name(c).equals(field));
    }

    /** Lets Jackson write groups flat. */
    static final class Flat extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public NameTransformer findUnwrappingNameTransformer(AnnotatedMember member) {
            return member.hasAnnotation(Group.class)
                    ? NameTransformer.NOP
                    : super.findUnwrappingNameTransformer(member);
        }
    }
}
