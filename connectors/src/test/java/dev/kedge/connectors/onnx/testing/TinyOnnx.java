// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes ONNX models of a few nodes, so that tests need no model of anybody's. ONNX files are
 * Protocol Buffers (onnx.proto, IR version 8): this writes just the fields that these models need.
 */
public final class TinyOnnx {
    private static final int FLOAT = 1;
    private static final int WHOLE = 7;
    private static final int STRING = 8;

    private TinyOnnx() {}

    /**
     * A model of texts: each known text has a value, every other one another, and the answer is
     * that value times a row of weights. A width of -1 in the file is any width.
     *
     * @param values values by text
     * @param otherwise value of every other text
     */
    public static byte[] texts(Map<String, Float> values, float otherwise, float... row) {
        Message labels =
                node("LabelEncoder", "text", "value")
                        .text(7, "ai.onnx.ml")
                        .inner(5, attribute("default_float", 1).number(2, otherwise));
        Message keys = attribute("keys_strings", 8);
        Message floats = attribute("values_floats", 6);
        values.forEach(
                (key, value) -> {
                    keys.text(9, key);
                    floats.number(7, value);
                });
        labels.inner(5, keys).inner(5, floats);
        return model(
                new Message()
                        .inner(1, labels)
                        .inner(1, node("Reshape", "value", "column").text(1, "shape"))
                        .inner(1, node("MatMul", "column", "embedding").text(1, "row"))
                        .text(2, "texts")
                        .inner(5, tensor("shape", WHOLE, longs(-1, 1), 2))
                        .inner(5, tensor("row", FLOAT, bytes(row), 1, row.length))
                        .inner(11, value("text", STRING, -1))
                        .inner(12, value("embedding", FLOAT, -1, -1)));
    }

    /**
     * A model of images: the answer is the image, as a row, times a matrix of weights.
     *
     * @param weights one row for each value of the image
     */
    public static byte[] images(int height, int width, float[]... weights) {
        int outputs = weights[0].length;
        float[] flat = new float[weights.length * outputs];
        for (int i = 0; i < weights.length; i++) {
            System.arraycopy(weights[i], 0, flat, i * outputs, outputs);
        }
        return model(
                new Message()
                        .inner(1, node("Flatten", "image", "row"))
                        .inner(1, node("MatMul", "row", "embedding").text(1, "weights"))
                        .text(2, "images")
                        .inner(5, tensor("weights", FLOAT, bytes(flat), weights.length, outputs))
                        .inner(11, value("image", FLOAT, -1, 3, height, width))
                        .inner(12, value("embedding", FLOAT, -1, outputs)));
    }

    /**
     * The model that Kedge puts texts together with: to a text {@code before} it appends four
     * entries of a table, by {@code bytes}, and the text {@code behind}. The table holds each byte
     * as a string, and the empty string.
     */
    public static byte[] joiner() {
        Message table = new Message().whole(1, 257).whole(2, STRING).text(8, "table");
        for (int b = 0; b < 256; b++) {
            table.raw(6, new byte[] {(byte) b});
        }
        Message graph =
                new Message()
                        .inner(1, node("Gather", "table", "pieces").text(1, "bytes"))
                        .inner(
                                1,
                                node("Split", "pieces", "p0")
                                        .text(2, "p1")
                                        .text(2, "p2")
                                        .text(2, "p3")
                                        .inner(5, attribute("num_outputs", 2).whole(3, 4)))
                        .inner(1, node("StringConcat", "before", "b0").text(1, "p0"))
                        .inner(1, node("StringConcat", "b0", "b1").text(1, "p1"))
                        .inner(1, node("StringConcat", "b1", "b2").text(1, "p2"))
                        .inner(1, node("StringConcat", "b2", "b3").text(1, "p3"))
                        .inner(1, node("StringConcat", "b3", "joined").text(1, "behind"))
                        .text(2, "joiner")
                        .inner(5, table.text(6, ""))
                        .inner(11, value("before", STRING, 1))
                        .inner(11, value("bytes", WHOLE, 4))
                        .inner(11, value("behind", STRING, 1))
                        .inner(12, value("joined", STRING, 1));
        return model(graph, 9, 20);
    }

    /** Writes a model to a file and gives the file's name. */
    public static String file(Path file, byte[] model) {
        try {
            return Files.write(file, model).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] model(Message graph) {
        return model(graph, 8, 13);
    }

    private static byte[] model(Message graph, int version, int operators) {
        return new Message()
                .whole(1, version)
                .inner(7, graph)
                .inner(8, new Message().text(1, "").whole(2, operators))
                .inner(8, new Message().text(1, "ai.onnx.ml").whole(2, 2))
                .bytes();
    }

    private static Message node(String operator, String input, String output) {
        return new Message().text(1, input).text(2, output).text(4, operator);
    }

    private static Message attribute(String name, int type) {
        return new Message().text(1, name).whole(20, type);
    }

    private static Message tensor(String name, int type, byte[] raw, long... sides) {
        Message tensor = new Message();
        for (long side : sides) {
            tensor.whole(1, side);
        }
        return tensor.whole(2, type).text(8, name).raw(9, raw);
    }

    private static Message value(String name, int type, long... sides) {
        Message shape = new Message();
        for (int i = 0; i < sides.length; i++) {
            Message side = new Message();
            shape.inner(1, sides[i] < 0 ? side.text(2, "any" + i) : side.whole(1, sides[i]));
        }
        Message tensor = new Message().whole(1, type).inner(2, shape);
        return new Message().text(1, name).inner(2, new Message().inner(1, tensor));
    }

    private static byte[] bytes(float... values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return raw.array();
    }

    private static byte[] longs(long... values) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return raw.array();
    }

    /** A message of Protocol Buffers: fields by number, as they are added. */
    private static final class Message {
        private static final int VARINT = 0;
        private static final int LENGTH = 2;
        private static final int FIXED = 5;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message whole(int field, long value) {
            varint(field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message number(int field, float value) {
            varint(field << 3 | FIXED);
            out.writeBytes(TinyOnnx.bytes(value));
            return this;
        }

        Message text(int field, String value) {
            return raw(field, value.getBytes(UTF_8));
        }

        Message inner(int field, Message value) {
            return raw(field, value.bytes());
        }

        Message raw(int field, byte[] value) {
            varint(field << 3 | LENGTH);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                out.write((int) (left & 0x7f) | 0x80);
                left >>>= 7;
            }
            out.write((int) left);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
