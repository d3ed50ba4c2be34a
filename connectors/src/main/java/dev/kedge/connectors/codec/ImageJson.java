// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.image.Thumbnail;
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

    /** The image in a field, a file of any sides within limits; empty if the field is not there. */
    static Optional<Thumbnail> thumbnail(JsonFields fields, String name, CreativeLimits limits)
            throws UndecodableException {
        Optional<JsonNode> found = fields.find(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        JsonFields image = JsonFields.of(found.get(), name);
        Optional<JsonNode> png = image.find("png");
        Optional<JsonNode> jpeg = image.find("jpeg");
        if (png.isPresent() == jpeg.isPresent()) {
            throw UndecodableException.invalid(
                    name, png.isPresent() ? "two files" : "no file", "one of png, jpeg");
        }
        image.nothingElse();
        return Optional.of(
                png.isPresent()
                        ? thumbnail(name, "png", png.get(), limits)
                        : thumbnail(name, "jpeg", jpeg.orElseThrow(), limits));
    }

    private static Thumbnail thumbnail(
            String name, String format, JsonNode value, CreativeLimits limits)
            throws UndecodableException {
        String field = name + "." + format;
        byte[] file = base64(field, value);
        if (file.length > limits.imageBytes()) {
            throw UndecodableException.invalid(
                    field, file.length + " bytes", "at most " + limits.imageBytes() + " bytes");
        }
        try {
            return Pixels.thumbnail(file, format, limits.imagePixels());
        } catch (IOException e) {
            throw damaged(
                    field,
                    e,
                    "a %s file of at most %d pixels".formatted(format, limits.imagePixels()));
        }
    }

    private static UndecodableException damaged(String field, IOException e, String allowed) {
        return UndecodableException.invalid(field, String.valueOf(e.getMessage()), allowed);
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
            throw damaged(
                    field,
                    e,
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
