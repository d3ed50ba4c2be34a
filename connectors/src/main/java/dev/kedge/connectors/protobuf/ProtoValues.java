// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.kedge.connectors.json.JsonTape;
import dev.kedge.connectors.json.JsonTape.Kind;
import java.time.OffsetDateTime;
import java.util.List;

/** The values of a record between Protocol Buffers and a tape. */
final class ProtoValues {
    private ProtoValues() {}

    /**
     * Reads a message. What may be left out is on the tape only if it is there; a list that may be
     * left out, only if it is not empty.
     */
    static void read(Message from, JsonTape to, ProtoWire.Needed needed) {
        to.beginObject();
        for (FieldDescriptor field : from.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                List<?> values = (List<?>) from.getField(field);
                if (!values.isEmpty() || needed.is(field)) {
                    to.name(field.getName());
                    list(field, values, to, needed);
                }
            } else if (!field.hasPresence() || from.hasField(field)) {
                to.name(field.getName());
                value(field, from.getField(field), to, needed);
            }
        }
        to.endObject();
    }

    private static void list(
            FieldDescriptor field, List<?> values, JsonTape to, ProtoWire.Needed needed) {
        if (field.isMapField()) {
            to.beginObject();
            for (Object value : values) {
                Message entry = (Message) value;
                List<FieldDescriptor> parts = entry.getDescriptorForType().getFields();
                to.name((String) entry.getField(parts.get(0)));
                value(parts.get(1), entry.getField(parts.get(1)), to, needed);
            }
            to.endObject();
            return;
        }
        to.beginArray();
        for (Object value : values) {
            if (isNothing(value) && needed.isSparse(field)) {
                to.nothing();
            } else {
                value(field, value, to, needed);
            }
        }
        to.endArray();
    }

    private static boolean isNothing(Object value) {
        return value instanceof Double number
                ? Double.isNaN(number)
                : value instanceof Float single && Float.isNaN(single);
    }

    private static void value(
            FieldDescriptor field, Object value, JsonTape to, ProtoWire.Needed needed) {
        switch (field.getJavaType()) {
            case STRING -> to.text((String) value);
            case BYTE_STRING -> to.bytes(((ByteString) value).toByteArray());
            case INT -> to.whole((Integer) value);
            case LONG -> to.whole((Long) value);
            case FLOAT -> to.single((Float) value);
            case DOUBLE -> to.number((Double) value);
            case BOOLEAN -> to.truth((Boolean) value);
            case MESSAGE -> read((Message) value, to, needed);
            default -> throw new IllegalStateException("nothing is read from " + field.getType());
        }
    }

    /** Writes an object of the tape. */
    static DynamicMessage write(Descriptor type, JsonTape from, int object) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            int at = from.find(object, field.getName());
            if (at == JsonTape.NONE || from.kind(at) == Kind.NULL) {
                continue;
            }
            if (field.isRepeated()) {
                for (int child = at + 1; child < from.end(at); child = from.end(child)) {
                    message.addRepeatedField(field, element(field, from, child));
                }
            } else {
                message.setField(field, value(field, from, at));
            }
        }
        return message.build();
    }

    private static Object element(FieldDescriptor field, JsonTape from, int at) {
        if (!field.isMapField()) {
            return value(field, from, at);
        }
        Descriptor entry = field.getMessageType();
        FieldDescriptor value = entry.findFieldByNumber(2);
        return DynamicMessage.newBuilder(entry)
                .setField(entry.findFieldByNumber(1), from.nameAt(at))
                .setField(value, value(value, from, at))
                .build();
    }

    private static Object value(FieldDescriptor field, JsonTape from, int at) {
        boolean nothing = from.kind(at) == Kind.NULL;
        return switch (field.getJavaType()) {
            case STRING -> from.textAt(at);
            case BYTE_STRING -> ByteString.copyFrom(from.bytesAt(at));
            case INT -> Math.toIntExact(from.wholeAt(at));
            case LONG -> from.kind(at) == Kind.STRING ? moment(from.textAt(at)) : from.wholeAt(at);
            case FLOAT -> nothing ? Float.NaN : from.singleAt(at);
            case DOUBLE -> nothing ? Double.NaN : from.numberAt(at);
            case BOOLEAN -> from.truthAt(at);
            case MESSAGE -> write(field.getMessageType(), from, at);
            default -> throw new IllegalStateException("nothing is written as " + field.getType());
        };
    }

    /** Moments are milliseconds here and have no other form. */
    private static long moment(String text) {
        return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }
}
