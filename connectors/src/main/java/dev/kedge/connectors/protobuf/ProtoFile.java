// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A file of Protocol Buffers (proto3) with the fields of an Avro schema, so that a record has one
 * list of fields. A field's number is its place in the record: new fields come last, and none
 * leaves. What may be null is optional; numbers in a list that are null are NaN.
 */
public final class ProtoFile {
    private final Map<String, DescriptorProto> messages = new LinkedHashMap<>();

    private ProtoFile() {}

    /** The file; its first message is the record. */
    public static FileDescriptorProto of(String avro) {
        Schema schema = new Schema.Parser().parse(avro);
        ProtoFile file = new ProtoFile();
        file.message(schema);
        return FileDescriptorProto.newBuilder()
                .setName(schema.getName() + ".proto")
                .setPackage(schema.getNamespace())
                .setSyntax("proto3")
                .addAllMessageType(file.messages.values())
                .build();
    }

    /** Its first message. */
    static Descriptor record(String avro) {
        try {
            return FileDescriptor.buildFrom(of(avro), new FileDescriptor[0])
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void message(Schema record) {
        if (messages.containsKey(record.getName())) {
            return;
        }
        // Its place comes before those of the messages in it.
        messages.put(record.getName(), DescriptorProto.getDefaultInstance());
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(record.getName());
        for (Schema.Field field : record.getFields()) {
            add(field, message);
        }
        messages.put(record.getName(), message.build());
    }

    private void add(Schema.Field field, DescriptorProto.Builder message) {
        Schema schema = given(field.schema());
        FieldDescriptorProto.Builder made =
                FieldDescriptorProto.newBuilder()
                        .setName(field.name())
                        .setJsonName(field.name())
                        .setNumber(field.pos() + 1)
                        .setLabel(Label.LABEL_OPTIONAL);
        if (schema.getType() == Schema.Type.MAP) {
            String entry = entry(field.name());
            message.addNestedType(mapEntry(entry, schema.getValueType()));
            made.setLabel(Label.LABEL_REPEATED)
                    .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                    .setTypeName(entry);
        } else if (schema.getType() == Schema.Type.ARRAY) {
            typed(made.setLabel(Label.LABEL_REPEATED), given(schema.getElementType()));
        } else {
            typed(made, schema);
            if (field.schema().isNullable()
                    && made.getType() != FieldDescriptorProto.Type.TYPE_MESSAGE) {
                made.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
                message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.name()));
            }
        }
        message.addField(made);
    }

    private DescriptorProto mapEntry(String name, Schema value) {
        FieldDescriptorProto.Builder key =
                FieldDescriptorProto.newBuilder()
                        .setName("key")
                        .setNumber(1)
                        .setLabel(Label.LABEL_OPTIONAL)
                        .setType(FieldDescriptorProto.Type.TYPE_STRING);
        FieldDescriptorProto.Builder held =
                FieldDescriptorProto.newBuilder()
                        .setName("value")
                        .setNumber(2)
                        .setLabel(Label.LABEL_OPTIONAL);
        typed(held, value);
        return DescriptorProto.newBuilder()
                .setName(name)
                .addField(key)
                .addField(held)
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .build();
    }

    private static String entry(String field) {
        return field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1) + "Entry";
    }

    private void typed(FieldDescriptorProto.Builder field, Schema schema) {
        switch (schema.getType()) {
            case STRING -> field.setType(FieldDescriptorProto.Type.TYPE_STRING);
            case BYTES -> field.setType(FieldDescriptorProto.Type.TYPE_BYTES);
            case INT -> field.setType(FieldDescriptorProto.Type.TYPE_INT32);
            case LONG -> field.setType(FieldDescriptorProto.Type.TYPE_INT64);
            case FLOAT -> field.setType(FieldDescriptorProto.Type.TYPE_FLOAT);
            case DOUBLE -> field.setType(FieldDescriptorProto.Type.TYPE_DOUBLE);
            case BOOLEAN -> field.setType(FieldDescriptorProto.Type.TYPE_BOOL);
            case RECORD -> {
                message(schema);
                field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName("." + schema.getNamespace() + "." + schema.getName());
            }
            default -> throw new IllegalArgumentException("no field of " + schema.getType());
        }
    }

    /** What a value is where it is there: the first branch that is not null. */
    static Schema given(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(one -> one.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }
}
