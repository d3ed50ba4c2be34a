// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import dev.kedge.state.record.BoundType;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.RecordShape;
import dev.kedge.state.record.Rounded;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How values of one type stand in a JSON object.
 *
 * @param writer writes a value under a name
 * @param reader reads it from there
 */
record ValueJson(Writer writer, Reader reader) {
    private static final ValueJson MOMENT =
            new ValueJson((name, value, to) -> to.moment(name, (Long) value), JsonFields::moment);
    private static final Map<Class<?>, ValueJson> PLAIN =
            Map.of(
                    String.class,
                    new ValueJson(
                            (name, value, to) -> to.text(name, (String) value), JsonFields::text),
                    Long.class,
                    new ValueJson(
                            (name, value, to) -> to.whole(name, (Long) value), JsonFields::count),
                    Integer.class,
                    new ValueJson(
                            (name, value, to) -> to.whole(name, (Integer) value),
                            JsonFields::smallCount),
                    Double.class,
                    new ValueJson(
                            (name, value, to) -> to.number(name, (Double) value),
                            JsonFields::numberOrNaN),
                    double[].class,
                    new ValueJson(
                            (name, value, to) -> to.numbers(name, (double[]) value),
                            JsonFields::numbersOrNaN),
                    Boolean.class,
                    written((name, value, to) -> to.truth(name, (Boolean) value)),
                    float[].class,
                    written((name, value, to) -> to.floats(name, (float[]) value)),
                    SortedMap.class,
                    written((name, value, to) -> to.map(name, (SortedMap<?, ?>) value)));

    private static final Map<Class<?>, ValueJson> ROUNDED =
            Map.of(
                    Double.class,
                    new ValueJson(
                            (name, value, to) -> to.rounded(name, (Double) value),
                            JsonFields::numberOrNaN),
                    double[].class,
                    new ValueJson(
                            (name, value, to) -> to.rounded(name, (double[]) value),
                            JsonFields::numbersOrNaN));

    /** Writes a value under a name. */
    interface Writer {
        void write(String name, Object value, JsonOut to) throws IOException;
    }

    /** Reads the value under a name. */
    interface Reader {
        Object read(JsonFields from, String name) throws UndecodableException;
    }

    void write(String name, Object value, JsonOut to) throws IOException {
        writer.write(name, value, to);
    }

    Object read(String name, JsonFields from) throws UndecodableException {
        return reader.read(from, name);
    }

    /**
     * How a component stands there.
     *
     * @throws IllegalArgumentException if its type has no form
     */
    static ValueJson of(RecordShape.Field field) {
        if (field.is(Rounded.class)) {
            return ROUNDED.get(field.type().raw());
        }
        if (!field.is(Moment.class)) {
            return of(field.type());
        }
        return field.type().raw() == Optional.class ? optional(MOMENT) : MOMENT;
    }

    private static ValueJson of(BoundType type) {
        Class<?> raw = type.raw();
        if (PLAIN.containsKey(raw)) {
            return PLAIN.get(raw);
        }
        if (raw.isEnum()) {
            return new ValueJson(
                    (name, value, to) -> to.constant(name, (Enum<?>) value),
                    (from, name) -> constant(from, name, raw));
        }
        if (raw == Optional.class) {
            return optional(of(type.first()));
        }
        if (raw == List.class) {
            ObjectJson element = ObjectJson.of(type.first());
            return new ValueJson(
                    (name, value, to) -> to.objects(name, (List<?>) value, element::write),
                    (from, name) -> from.list(name, element::read));
        }
        if (raw.isRecord()) {
            ObjectJson inner = ObjectJson.of(type);
            return new ValueJson(
                    (name, value, to) -> to.object(name, object -> inner.write(value, object)),
                    (from, name) -> inner.read(JsonFields.of(from.need(name, "an object"), name)));
        }
        throw new IllegalArgumentException("no JSON of " + raw.getTypeName());
    }

    /** A group: its components stand among those of the record that holds it. */
    static ValueJson flat(ObjectJson group) {
        return new ValueJson(
                (name, value, to) -> group.write(value, to), (from, name) -> group.read(from));
    }

    /** Left out where it is not there. */
    private static ValueJson optional(ValueJson inner) {
        return new ValueJson(
                (name, value, to) -> {
                    Optional<?> maybe = (Optional<?>) value;
                    if (maybe.isPresent()) {
                        inner.write(name, maybe.get(), to);
                    }
                },
                (from, name) ->
                        !from.has(name) ? Optional.empty() : Optional.of(inner.read(name, from)));
    }

    /** Of events, which have a strict reader of their own. */
    private static ValueJson written(Writer writer) {
        return new ValueJson(
                writer,
                (from, name) -> {
                    throw new IllegalStateException(name + " is only written");
                });
    }

    private static Object constant(JsonFields fields, String name, Class<?> type)
            throws UndecodableException {
        String value = fields.text(name);
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        throw UndecodableException.invalid(
                name, value, "a " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }

    static boolean isEmpty(Object value) {
        if (value instanceof String text) {
            return text.isEmpty();
        }
        return value instanceof Map<?, ?> map ? map.isEmpty() : Array.getLength(value) == 0;
    }
}
