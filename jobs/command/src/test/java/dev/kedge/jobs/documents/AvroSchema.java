// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.state.record.BoundType;
import dev.kedge.state.record.Flat;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.OmittedIfEmpty;
import dev.kedge.state.record.RecordShape;
import dev.kedge.state.record.Rounded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The Avro schema of what a job says, made from the components of its record as its JSON is. */
final class AvroSchema {
    private static final String NAMESPACE = "dev.kedge.events";

    private final Map<Class<?>, Schema> made = new HashMap<>();

    private AvroSchema() {}

    static Schema of(Class<?> type) {
        return new AvroSchema().record(BoundType.of(type));
    }

    private Schema record(BoundType type) {
        if (!made.containsKey(type.raw())) {
            List<Schema.Field> fields = new ArrayList<>();
            if (type.raw() == TrackerScore.Seen.class) {
                seen(fields);
            } else {
                components(type, fields);
            }
            String name = type.raw().getSimpleName();
            made.put(type.raw(), Schema.createRecord(name, null, NAMESPACE, false, fields));
        }
        return made.get(type.raw());
    }

    private void components(BoundType type, List<Schema.Field> fields) {
        RecordShape shape = new RecordShape(type);
        for (RecordShape.Field field : shape.fields()) {
            if (field.is(Flat.class)) {
                components(field.type(), fields);
            } else {
                boolean needed = field.since() == 0 && !field.is(OmittedIfEmpty.class);
                fields.add(field(field.name(), value(field), needed));
            }
        }
        shape.derived().forEach(field -> fields.add(field(field.name(), value(field), true)));
    }

    /** What may be missing is null by default. */
    private static Schema.Field field(String name, Schema value, boolean needed) {
        Schema schema = needed || value.isNullable() ? value : nullable(value);
        return schema.isNullable()
                ? new Schema.Field(name, schema, null, JsonProperties.NULL_VALUE)
                : new Schema.Field(name, schema);
    }

    /** Fields in the order of {@code SeenJson}, which writes them. */
    private static void seen(List<Schema.Field> fields) {
        fields.add(field("track", Schema.create(Schema.Type.LONG), true));
        fields.add(field("dropped", Schema.create(Schema.Type.STRING), false));
        fields.add(field("similarity", Schema.create(Schema.Type.FLOAT), false));
        fields.add(field("isNew", Schema.create(Schema.Type.BOOLEAN), false));
        fields.add(field("sightings", Schema.create(Schema.Type.LONG), false));
        fields.add(field("class", Schema.create(Schema.Type.STRING), false));
        fields.add(field("box", Schema.createArray(Schema.create(Schema.Type.DOUBLE)), false));
    }

    private Schema value(RecordShape.Field field) {
        if (field.is(Moment.class)) {
            return LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        }
        return value(
                field.type(), field.is(Rounded.class) ? Schema.Type.FLOAT : Schema.Type.DOUBLE);
    }

    private Schema value(BoundType type, Schema.Type number) {
        Class<?> raw = type.raw();
        if (raw == Optional.class) {
            return nullable(value(type.first(), number));
        }
        if (raw == List.class) {
            return Schema.createArray(value(type.first(), number));
        }
        if (raw == double[].class) {
            return Schema.createArray(nullable(Schema.create(number)));
        }
        if (raw == Double.class) {
            return nullable(Schema.create(number));
        }
        return raw.isRecord() ? record(type) : plain(raw);
    }

    private static Schema plain(Class<?> raw) {
        if (raw == Long.class) {
            return Schema.create(Schema.Type.LONG);
        }
        if (raw == Integer.class) {
            return Schema.create(Schema.Type.INT);
        }
        if (raw == Boolean.class) {
            return Schema.create(Schema.Type.BOOLEAN);
        }
        if (raw == String.class || raw.isEnum()) {
            return Schema.create(Schema.Type.STRING);
        }
        throw new IllegalArgumentException("no schema of " + raw);
    }

    private static Schema nullable(Schema schema) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
    }
}
