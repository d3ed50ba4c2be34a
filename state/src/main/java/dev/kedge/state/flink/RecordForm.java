// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import dev.kedge.state.record.BoundType;
import dev.kedge.state.record.RecordShape;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A record, or one of several, as bytes, derived from its components: texts, numbers, enums, arrays
 * of numbers, lists, sorted sets and maps, optionals, and records of these. Values are treated as
 * immutable, arrays in them included. Safe for several threads.
 *
 * @param <T> type of the records
 */
public final class RecordForm<T> {
    private final ValueForm form;
    private final int version;

    /**
     * Walks the type once.
     *
     * @param type the record, or the sealed interface of several
     * @throws IllegalArgumentException if a component has a type without a form
     */
    public RecordForm(BoundType type) {
        form = ValueForm.of(type);
        version = RecordShape.newestSince(type);
    }

    /** The form of a record without type parameters. */
    public static <T> RecordForm<T> of(Class<T> type) {
        return new RecordForm<>(BoundType.of(type));
    }

    /** The newest version that a component has been there since; 0 if all were there always. */
    public int version() {
        return version;
    }

    /** Writes a record, all that it has. */
    public void write(T value, DataOutputView to) throws IOException {
        form.write(value, to);
    }

    /** Reads what {@link #write} wrote. */
    public T read(DataInputView from) throws IOException {
        return read(Integer.MAX_VALUE, from);
    }

    /**
     * Reads what a build wrote whose records lacked what came {@linkplain
     * dev.kedge.state.record.Since since}.
     *
     * @param version the version of that build's form
     * @throws IOException if the bytes end too early or are no such record
     */
    // The form was made for T.
    @SuppressWarnings("unchecked")
    public T read(int version, DataInputView from) throws IOException {
        return (T) form.read(version, from);
    }
}
