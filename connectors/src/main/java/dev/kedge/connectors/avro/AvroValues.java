// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.avro;

import dev.kedge.connectors.json.JsonTape;
import dev.kedge.connectors.json.JsonTape.Kind;
import dev.kedge.connectors.json.UndecodableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;

/** The values of a record between Avro and a tape. */
final class AvroValues {
    private AvroValues() {}

    /**
     * Reads a value. A field of a record that is null is left out.
     *
     * @throws IOException if the bytes are not of the schema
     */
    static void read(Schema schema, ResolvingDecoder from, JsonTape to)
            throws IOException, UndecodableException {
        if (to.isFull()) {
            throw UndecodableException.unreadable("more values than a record may have");
        }
        switch (schema.getType()) {
            case RECORD -> record(from, to);
            case ARRAY -> array(schema.getElementType(), from, to);
            case MAP -> map(schema.getValueType(), from, to);
            case UNION -> read(schema.getTypes().get(from.readIndex()), from, to);
            case STRING -> to.text(from.readString());
            case ENUM -> to.text(schema.getEnumSymbols().get(from.readEnum()));
            case BYTES -> to.bytes(copied(from.readBytes(null)));
            case INT -> to.whole(from.readInt());
            case LONG -> to.whole(from.readLong());
            case FLOAT -> to.single(from.readFloat());
            case DOUBLE -> to.number(from.readDouble());
            case BOOLEAN -> to.truth(from.readBoolean());
            case NULL -> {
                from.readNull();
                to.nothing();
            }
            default -> throw new IOException("nothing is read from " + schema.getType());
        }
    }

    private static void record(ResolvingDecoder from, JsonTape to)
            throws IOException, UndecodableException {
        to.beginObject();
        for (Schema.Field field : from.readFieldOrder()) {
            Schema schema = field.schema();
            if (schema.isUnion()) {
                schema = schema.getTypes().get(from.readIndex());
            }
            if (schema.getType() == Schema.Type.NULL) {
                from.readNull();
            } else {
                to.name(field.name());
                read(schema, from, to);
            }
        }
        to.endObject();
    }

    private static void array(Schema element, ResolvingDecoder from, JsonTape to)
            throws IOException, UndecodableException {
        to.beginArray();
        for (long left = from.readArrayStart(); left > 0; left = from.arrayNext()) {
            for (long i = 0; i < left; i++) {
                read(element, from, to);
            }
        }
        to.endArray();
    }

    private static void map(Schema value, ResolvingDecoder from, JsonTape to)
            throws IOException, UndecodableException {
        to.beginObject();
        for (long left = from.readMapStart(); left > 0; left = from.mapNext()) {
            for (long i = 0; i < left; i++) {
                to.name(from.readString());
                read(value, from, to);
            }
        }
        to.endObject();
    }

    private static byte[] copied(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    /**
     * Writes a value.
     *
     * @param at its place on the tape
     * @throws IOException if the value is not of the schema
     */
    static void write(Schema schema, JsonTape from, int at, Encoder to) throws IOException {
        switch (schema.getType()) {
            case RECORD -> record(schema, from, at, to);
            case ARRAY -> array(schema.getElementType(), from, at, to);
            case MAP -> map(schema.getValueType(), from, at, to);
            case UNION -> union(schema, from, at, to);
            case STRING -> to.writeString(from.textAt(at));
            case BYTES -> to.writeBytes(from.bytesAt(at));
            case INT -> to.writeInt(Math.toIntExact(from.wholeAt(at)));
            case LONG -> to.writeLong(from.wholeAt(at));
            case FLOAT -> to.writeFloat(from.singleAt(at));
            case DOUBLE -> to.writeDouble(from.numberAt(at));
            case BOOLEAN -> to.writeBoolean(from.truthAt(at));
            default -> throw new IOException("nothing is written as " + schema.getType());
        }
    }

    private static void record(Schema schema, JsonTape from, int at, Encoder to)
            throws IOException {
        for (Schema.Field field : schema.getFields()) {
            int value = from.find(at, field.name());
            if (value != JsonTape.NONE) {
                write(field.schema(), from, value, to);
            } else if (field.schema().isNullable()) {
                to.writeIndex(branch(field.schema(), Kind.NULL));
            } else {
                throw new IOException("field '" + field.name() + "' is missing");
            }
        }
    }

    private static void array(Schema element, JsonTape from, int at, Encoder to)
            throws IOException {
        to.writeArrayStart();
        to.setItemCount(from.count(at));
        for (int child = at + 1; child < from.end(at); child = from.end(child)) {
            to.startItem();
            write(element, from, child, to);
        }
        to.writeArrayEnd();
    }

    private static void map(Schema value, JsonTape from, int at, Encoder to) throws IOException {
        to.writeMapStart();
        to.setItemCount(from.count(at));
        for (int child = at + 1; child < from.end(at); child = from.end(child)) {
            to.startItem();
            to.writeString(from.nameAt(child));
            write(value, from, child, to);
        }
        to.writeMapEnd();
    }

    private static void union(Schema schema, JsonTape from, int at, Encoder to) throws IOException {
        int branch = branch(schema, from.kind(at));
        to.writeIndex(branch);
        if (from.kind(at) != Kind.NULL) {
            write(schema.getTypes().get(branch), from, at, to);
        }
    }

    /** The first branch that a value of a kind can have. */
    private static int branch(Schema union, Kind kind) throws IOException {
        List<Schema> types = union.getTypes();
        for (int i = 0; i < types.size(); i++) {
            if (takes(types.get(i).getType(), kind)) {
                return i;
            }
        }
        throw new IOException("no " + kind + " in " + union);
    }

    private static boolean takes(Schema.Type type, Kind kind) {
        return switch (kind) {
            case NULL -> type == Schema.Type.NULL;
            case STRING -> type == Schema.Type.STRING;
            case BYTES -> type == Schema.Type.BYTES;
            case BOOLEAN -> type == Schema.Type.BOOLEAN;
            case ARRAY -> type == Schema.Type.ARRAY;
            case OBJECT -> type == Schema.Type.RECORD || type == Schema.Type.MAP;
            case NUMBER ->
                    type == Schema.Type.LONG
                            || type == Schema.Type.INT
                            || type == Schema.Type.DOUBLE
                            || type == Schema.Type.FLOAT;
        };
    }
}
