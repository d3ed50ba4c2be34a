// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import dev.kedge.state.record.BoundType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How values of one type are written as bytes: whole numbers in as few as they need, texts and
 * arrays after their length, constants by name, lists, sets and maps after their count, an optional
 * after whether it is there, a record as its components, one of several records after its place
 * among them.
 *
 * @param fewestBytes fewest bytes that a value takes: no count of them is believed beyond that
 * @param writer writes a value
 * @param reader reads one, in the form of a version
 */
record ValueForm(int fewestBytes, Writer writer, Reader reader) {
    private static final Map<Class<?>, ValueForm> PLAIN =
            Map.ofEntries(
                    plain(Long.class, 1, Views::writeLong, Views::readLong),
                    plain(
                            Integer.class,
                            1,
                            (value, to) -> Views.writeLong(value, to),
                            Views::readInt),
                    plain(
                            Double.class,
                            Double.BYTES,
                            (value, to) -> to.writeDouble(value),
                            DataInputView::readDouble),
                    plain(
                            Boolean.class,
                            1,
                            (value, to) -> to.writeBoolean(value),
                            Views::readBoolean),
                    plain(String.class, 1, Views::writeText, Views::readText),
                    plain(byte[].class, 1, Views::writeBytes, Views::readBytes),
                    plain(float[].class, 1, Views::writeFloats, Views::readFloats),
                    plain(double[].class, 1, Views::writeDoubles, Views::readDoubles));

    /** Writes a value. */
    interface Writer {
        void write(Object value, DataOutputView to) throws IOException;
    }

    /** Reads a value that was written in the form of a version. */
    interface Reader {
        Object read(int version, DataInputView from) throws IOException;
    }

    /** Writes a value of a known type. */
    private interface PlainWriter<T> {
        void write(T value, DataOutputView to) throws IOException;
    }

    /** Reads a value whose form never changed. */
    private interface PlainReader {
        Object read(DataInputView from) throws IOException;
    }

    void write(Object value, DataOutputView to) throws IOException {
        writer.write(value, to);
    }

    Object read(int version, DataInputView from) throws IOException {
        return reader.read(version, from);
    }

    /**
     * The form of a type.
     *
     * @throws IllegalArgumentException if it has none
     */
    static ValueForm of(BoundType type) {
        Class<?> raw = type.raw();
        if (PLAIN.containsKey(raw)) {
            return PLAIN.get(raw);
        }
        if (raw.isEnum()) {
            return constant(raw);
        }
        if (raw.isRecord()) {
            RecordComponents components = new RecordComponents(type);
            return new ValueForm(components.fewestBytes(), components::write, components::read);
        }
        if (raw.isSealed()) {
            return oneOf(Arrays.stream(raw.getPermittedSubclasses()).map(BoundType::of).toList());
        }
        List<ValueForm> inner = type.arguments().stream().map(ValueForm::of).toList();
        if (raw == Optional.class) {
            return optional(inner.get(0));
        }
        if (raw == List.class) {
            return many(inner.get(0), List::copyOf);
        }
        if (raw == SortedSet.class) {
            return many(inner.get(0), all -> Collections.unmodifiableSortedSet(new TreeSet<>(all)));
        }
        if (raw == SortedMap.class) {
            return map(inner.get(0), inner.get(1));
        }
        throw new IllegalArgumentException("no form of bytes for " + raw.getTypeName());
    }

    private static <T> Map.Entry<Class<?>, ValueForm> plain(
            Class<T> type, int fewestBytes, PlainWriter<T> writer, PlainReader reader) {
        return Map.entry(
                type,
                new ValueForm(
                        fewestBytes,
                        (value, to) -> writer.write(type.cast(value), to),
                        (version, from) -> reader.read(from)));
    }

    /** By name: a constant that is added in between does not shift the others. */
    private static ValueForm constant(Class<?> type) {
        Map<String, Object> byName =
                Arrays.stream(type.getEnumConstants())
                        .collect(Collectors.toMap(one -> ((Enum<?>) one).name(), one -> one));
        return new ValueForm(
                Short.BYTES,
                (value, to) -> to.writeUTF(((Enum<?>) value).name()),
                (version, from) -> {
                    String name = from.readUTF();
                    Object found = byName.get(name);
                    if (found == null) {
                        throw new IOException("damaged: no " + type.getSimpleName() + " " + name);
                    }
                    return found;
                });
    }

    private static ValueForm oneOf(List<BoundType> types) {
        List<ValueForm> forms = types.stream().map(ValueForm::of).toList();
        Map<Class<?>, Integer> places =
                types.stream().collect(Collectors.toMap(BoundType::raw, types::indexOf));
        return new ValueForm(
                1,
                (value, to) -> {
                    int place = places.get(value.getClass());
                    to.writeByte(place);
                    forms.get(place).write(value, to);
                },
                (version, from) -> {
                    int place = from.readUnsignedByte();
                    if (place >= forms.size()) {
                        throw new IOException("damaged: no record of type " + place);
                    }
                    return forms.get(place).read(version, from);
                });
    }

    private static ValueForm optional(ValueForm inner) {
        return new ValueForm(
                1,
                (value, to) -> {
                    Optional<?> maybe = (Optional<?>) value;
                    to.writeBoolean(maybe.isPresent());
                    if (maybe.isPresent()) {
                        inner.write(maybe.get(), to);
                    }
                },
                (version, from) ->
                        Views.readBoolean(from)
                                ? Optional.of(inner.read(version, from))
                                : Optional.empty());
    }

    private static ValueForm many(ValueForm inner, Function<List<Object>, Object> freeze) {
        return new ValueForm(
                1,
                (value, to) -> {
                    Collection<?> all = (Collection<?>) value;
                    Views.writeLong(all.size(), to);
                    for (Object one : all) {
                        inner.write(one, to);
                    }
                },
                (version, from) -> {
                    List<Object> all = new ArrayList<>();
                    for (int left = Views.readLength(inner.fewestBytes, from); left > 0; left--) {
                        all.add(inner.read(version, from));
                    }
                    return freeze.apply(all);
                });
    }

    private static ValueForm map(ValueForm keys, ValueForm values) {
        int fewest = keys.fewestBytes + values.fewestBytes;
        return new ValueForm(
                1,
                (value, to) -> {
                    SortedMap<?, ?> map = (SortedMap<?, ?>) value;
                    Views.writeLong(map.size(), to);
                    for (Map.Entry<?, ?> entry : map.entrySet()) {
                        keys.write(entry.getKey(), to);
                        values.write(entry.getValue(), to);
                    }
                },
                (version, from) -> {
                    SortedMap<Object, Object> map = new TreeMap<>();
                    for (int left = Views.readLength(fewest, from); left > 0; left--) {
                        map.put(keys.read(version, from), values.read(version, from));
                    }
                    return Collections.unmodifiableSortedMap(map);
                });
    }
}
