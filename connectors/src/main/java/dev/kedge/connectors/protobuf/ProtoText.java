// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of Protocol Buffers as the text that registries keep. */
public final class ProtoText {
    private static final Pattern IGNORED =
            Pattern.compile("//[^\\n]*|/\\*.*?\\*/|\"(?:\\\\.|[^\"\\\\])*\"", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("[{}]|\\bmessage\\s+(\\w+)");

    private ProtoText() {}

    /** Writes a file whose messages hold no others but those of maps. */
    public static String of(FileDescriptorProto file) {
        StringBuilder text = new StringBuilder("syntax = \"proto3\";\n");
        text.append("package ").append(file.getPackage()).append(";\n");
        for (DescriptorProto message : file.getMessageTypeList()) {
            text.append("\nmessage ").append(message.getName()).append(" {\n");
            for (FieldDescriptorProto field : message.getFieldList()) {
                text.append("  ").append(type(field, message)).append(' ').append(field.getName());
                text.append(" = ").append(field.getNumber()).append(";\n");
            }
            text.append("}\n");
        }
        return text.toString();
    }

    private static String type(FieldDescriptorProto field, DescriptorProto in) {
        for (DescriptorProto entry : in.getNestedTypeList()) {
            if (entry.getName().equals(field.getTypeName())) {
                return "map<string, " + plain(entry.getField(1)) + ">";
            }
        }
        String type = plain(field);
        if (field.getLabel() == Label.LABEL_REPEATED) {
            return "repeated " + type;
        }
        return field.getProto3Optional() ? "optional " + type : type;
    }

    private static String plain(FieldDescriptorProto field) {
        String name = field.getTypeName();
        return name.isEmpty()
                ? field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT)
                : name.substring(name.lastIndexOf('.') + 1);
    }

    /** Names of the messages of a file that are in no other, in their order. */
    static List<String> messages(String file) {
        List<String> names = new ArrayList<>();
        int depth = 0;
        Matcher tokens = TOKEN.matcher(IGNORED.matcher(file).replaceAll(" "));
        while (tokens.find()) {
            if (tokens.group().equals("{")) {
                depth++;
            } else if (tokens.group().equals("}")) {
                depth--;
            } else if (depth == 0) {
                names.add(tokens.group(1));
            }
        }
        return names;
    }
}
