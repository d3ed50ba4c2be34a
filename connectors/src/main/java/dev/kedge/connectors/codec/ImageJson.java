// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.operators.image.ImageShape;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images as JSON objects: {@code png} or {@code jpeg}, a file in base64, or {@code pixels} in
 * base64, channel by channel and row by row, with {@code channels}, {@code height} and {@code
 * width}.
 */
final class ImageJson {
    private static final String CONTENT = "one of png, jpeg, pixels";

    private ImageJson() {}

    /** The pixels of the image in a field, which must have these sides. */
    static byte[] read(JsonFields fields, String name, ImageShape shape)
            throws UndecodableException {
        JsonFields image = JsonFields.of(fields.need(name, "an object with " + CONTENT), name);
        byte[] pixels = pixels(image, name, shape);
        image.nothingElse();
        return pixels;
    }

    private static byte[] pixels(JsonFields image, String name, ImageShape shape)
            throws UndecodableException {
        Optional<JsonNode> png = image.find("png");
        Optional<JsonNode> jpeg = image.find("jpeg");
        Optional<JsonNode> raw = image.find("pixels");
        long given = Stream.of(png, jpeg, raw).filter(Optional::isPresent).count();
        if (given != 1) {
            throw UndecodableException.invalid(name, given + " of them", CONTENT);
        }
        if (raw.isPresent()) {
            return raw(image, name, raw.get(), shape);
        }
        return png.isPresent()
                ? file(name, "png", png.get(), shape)
                : file(name, "jpeg", jpeg.orElseThrow(), shape);
    }

    private static byte[] raw(JsonFields image, String name, JsonNode value, ImageShape shape)
            throws UndecodableException {
        side(image, name, "channels", shape.channels());
        side(image, name, "height", shape.height());
        side(image, name, "width", shape.width());
        byte[] pixels = base64(name + ".pixels", value);
        if (pixels.length != shape.bytes()) {
            throw UndecodableException.invalid(
                    name + ".pixels", pixels.length + " bytes", shape.bytes() + " bytes");
        }
        return pixels;
    }

    private static void side(JsonFields image, String name, String side, int expected)
            throws UndecodableException {
        int given = image.smallCount(side);
        if (given != expected) {
            throw UndecodableException.invalid(
                    name + "." + side, given, Integer.toString(expected));
        }
    }

    private static byte[] file(String name, String format, JsonNode value, ImageShape shape)
            throws UndecodableException {
        String field = name + "." + format;
        byte[] file = base64(field, value);
        try {
            return Pixels.decode(file, format, shape);
        } catch (IOException e) {
            throw UndecodableException.invalid(
                    field,
                    String.valueOf(e.getMessage()),
                    "a %s file of %d x %d pixels".formatted(format, shape.height(), shape.width()));
        }
    }

    private static byte[] base64(String name, JsonNode value) throws UndecodableException {
        String allowed = "a text in base64";
        if (!value.isTextual()) {
            throw UndecodableException.invalid(name, value, allowed);
        }
        try {
            return Base64.getDecoder().decode(value.textValue());
        } catch (IllegalArgumentException e) {
            throw UndecodableException.invalid(name, value.textValue(), allowed);
        }
    }

    /** Writes an image into a field, as pixels. */
    static void write(JsonOut to, String name, byte[] pixels, ImageShape shape) throws IOException {
        to.object(
                name,
                body ->
                        new JsonOut(body)
                                .whole("channels", shape.channels())
                                .whole("height", shape.height())
                                .whole("width", shape.width())
                                .text("pixels", Base64.getEncoder().encodeToString(pixels)));
    }
}
