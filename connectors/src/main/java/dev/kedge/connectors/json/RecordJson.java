// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.state.record.BoundType;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a job says, as JSON derived from the record that says it: the components in their order,
 * moments as ISO-8601, what is not finite as null, enums in lower case, what is not there left out.
 * The same record always gives the same bytes. Read back it is strict as events are.
 *
 * @param <T> the record
 */
public final class RecordJson<T> implements EventDecoder<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final transient ObjectJson object;
    private final Wire wire;
    private final transient JsonReader json;
    private final transient Spare<JsonTape> spare = new Spare<>(JsonTape::new);

    private RecordJson(Class<T> type, Wire wire) {
        this.type = type;
        this.wire = wire;
        object = ObjectJson.of(BoundType.of(type));
        json = new JsonReader(wire);
    }

    /**
     * The JSON of a record.
     *
     * @throws IllegalArgumentException if a component has a type without a form
     */
    public static <T> RecordJson<T> of(Class<T> type) {
        return new RecordJson<>(type, Wire.json());
    }

    /** The same record spelled in another way. */
    public static <T> RecordJson<T> of(Class<T> type, Wire wire) {
        return new RecordJson<>(type, wire);
    }

    /** On a task the record is walked again. */
    private Object readResolve() {
        return new RecordJson<>(type, wire);
    }

    /** Writes a record. */
    public byte[] encode(T value) {
        return wire instanceof JsonWire
                ? Json.write(to -> object.write(value, new JsonOut(to)))
                : spelled(value);
    }

    private byte[] spelled(T value) {
        JsonTape values = spare.take();
        try {
            values.beginObject();
            object.write(value, new JsonOut(values));
            values.endObject();
            return wire.write(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            values.clear();
            spare.give(values);
        }
    }

    /** The same as a tree, to be changed. */
    public ObjectNode tree(T value) {
        return Json.tree(to -> object.write(value, new JsonOut(to)));
    }

    @Override
    public T decode(byte[] bytes) throws UndecodableException {
        return json.read(bytes, fields -> type.cast(object.read(fields)));
    }
}
