// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import dev.kedge.state.record.BoundType;
import dev.kedge.state.record.Flat;
import dev.kedge.state.record.OmittedIfEmpty;
import dev.kedge.state.record.RecordShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The components of a record as fields of a JSON object, under their names and in their order. */
final class ComponentsJson implements ObjectJson {
    private final RecordShape shape;
    private final List<Part> parts = new ArrayList<>();
    private final List<Part> derived = new ArrayList<>();

    private record Part(RecordShape.Field field, boolean omitted, ValueJson json) {
        static Part of(RecordShape.Field field) {
            return new Part(
                    field,
                    field.is(OmittedIfEmpty.class),
                    field.is(Flat.class)
                            ? ValueJson.flat(ObjectJson.of(field.type()))
                            : ValueJson.of(field));
        }

        void write(Object record, JsonOut to) throws IOException {
            Object value = field.of(record);
            if (!omitted || !ValueJson.isEmpty(value)) {
                json.write(field.name(), value, to);
            }
        }

        Object read(JsonFields from) throws UndecodableException {
            return field.since() > 0 && !from.has(field.name())
                    ? field.empty()
                    : json.read(field.name(), from);
        }
    }

    ComponentsJson(BoundType type) {
        shape = new RecordShape(type);
        shape.fields().forEach(field -> parts.add(Part.of(field)));
        shape.derived().forEach(field -> derived.add(Part.of(field)));
    }

    @Override
    public void write(Object record, JsonOut to) throws IOException {
        for (Part part : parts) {
            part.write(record, to);
        }
        for (Part part : derived) {
            part.write(record, to);
        }
    }

    @Override
    public Object read(JsonFields from) throws UndecodableException {
        Object[] values = new Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(i).read(from);
        }
        // Said for readers; it follows from the others.
        derived.forEach(part -> from.has(part.field.name()));
        return shape.make(values);
    }
}
