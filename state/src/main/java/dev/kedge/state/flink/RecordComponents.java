// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import dev.kedge.state.record.BoundType;
import dev.kedge.state.record.RecordShape;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes and reads the components of a record, those of later versions behind the others. */
final class RecordComponents {
    private final RecordShape shape;
    private final Slot[] slots;

    /**
     * A component.
     *
     * @param index its place among the constructor's parameters
     * @param field the component
     * @param since the first version that has it
     * @param kind how it comes out of the record
     * @param accessor takes it out
     * @param form writes and reads it
     */
    private record Slot(
            int index,
            RecordShape.Field field,
            int since,
            Kind kind,
            MethodHandle accessor,
            ValueForm form) {}

    /** Numbers come out as they are: a box for each would be garbage for each record. */
    private enum Kind {
        LONG,
        INT,
        DOUBLE,
        OTHER;

        static Kind of(Class<?> type) {
            if (type == Long.TYPE) {
                return LONG;
            }
            if (type == Integer.TYPE) {
                return INT;
            }
            return type == Double.TYPE ? DOUBLE : OTHER;
        }
    }

    RecordComponents(BoundType type) {
        shape = new RecordShape(type);
        List<Slot> all = new ArrayList<>();
        for (RecordShape.Field field : shape.fields()) {
            all.add(slot(all.size(), field));
        }
        all.sort(Comparator.comparingInt(Slot::since));
        slots = all.toArray(Slot[]::new);
    }

    private static Slot slot(int index, RecordShape.Field field) {
        Kind kind = Kind.of(field.accessor().type().returnType());
        return new Slot(
                index,
                field,
                field.since(),
                kind,
                kind == Kind.OTHER ? field.boxed() : field.accessor(),
                ValueForm.of(field.type()));
    }

    int fewestBytes() {
        int bytes = 0;
        for (Slot slot : slots) {
            bytes += slot.since == 0 ? slot.form.fewestBytes() : 0;
        }
        return Math.max(1, bytes);
    }

    void write(Object record, DataOutputView to) throws IOException {
        for (Slot slot : slots) {
            try {
                write(slot, record, to);
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void write(Slot slot, Object record, DataOutputView to) throws Throwable {
        switch (slot.kind) {
            case LONG -> Views.writeLong((long) slot.accessor.invokeExact(record), to);
            case INT -> Views.writeLong((int) slot.accessor.invokeExact(record), to);
            case DOUBLE -> to.writeDouble((double) slot.accessor.invokeExact(record));
            case OTHER -> slot.form.write((Object) slot.accessor.invokeExact(record), to);
        }
    }

    Object read(int version, DataInputView from) throws IOException {
        Object[] values = new Object[slots.length];
        for (Slot slot : slots) {
            values[slot.index] =
                    slot.since <= version ? slot.form.read(version, from) : slot.field.empty();
        }
        try {
            return shape.make(values);
        } catch (RuntimeException e) {
            throw new IOException("damaged: " + e.getMessage(), e);
        }
    }
}
