// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.image.DecodeBudget;
import dev.kedge.connectors.image.ImageFile.Format;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.operators.image.ImageShape;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images as JSON objects: {@code png} or {@code jpeg}, a file in base64, or {@code pixels} in
 * base64, channel by channel and row by row, with {@code channels}, {@code height} and {@code
 * width}.
 */
public final class ImageJson {
    private static final String CONTENT = "one of png, jpeg, pixels";

    private ImageJson() {}

    /**
     * The pixels of the image in a field, which must have these sides.
     *
     * @param budget what all images of the record may ask for
     */
    static byte[] read(JsonFields fields, String name, ImageShape shape, DecodeBudget budget)
            throws UndecodableException {
        JsonFields image = JsonFields.of(fields.need(name, "an object with " + CONTENT), name);
        byte[] pixels = pixels(image, name, shape, budget);
        image.nothingElse();
        return pixels;
    }

    /**
     * What a reader makes of the file in a field; empty if the field is not there.
     *
     * @param reader decodes the file, or only checks it
     */
    public static <T> Optional<T> thumbnail(
            JsonFields fields, String name, CreativeLimits limits, FileReader<T> reader)
            throws UndecodableException {
        Optional<JsonValue> found = fields.find(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        JsonFields image = JsonFields.of(found.get(), name);
        Optional<JsonValue> png = image.find("png");
        Optional<JsonValue> jpeg = image.find("jpeg");
        if (png.isPresent() == jpeg.isPresent()) {
            throw UndecodableException.invalid(
                    name, png.isPresent() ? "two files" : "no file", "one of png, jpeg");
        }
        image.nothingElse();
        return Optional.of(
                png.isPresent()
                        ? thumbnail(name + ".png", Format.PNG, png.get(), limits, reader)
                        : thumbnail(
                                name + ".jpeg", Format.JPEG, jpeg.orElseThrow(), limits, reader));
    }

    private static <T> T thumbnail(
            String field,
            Format format,
            JsonValue value,
            CreativeLimits limits,
            FileReader<T> reader)
            throws UndecodableException {
        byte[] file = base64(field, value);
        if (file.length > limits.imageBytes()) {
            throw UndecodableException.invalid(
                    field, file.length + " bytes", "at most " + limits.imageBytes() + " bytes");
        }
        try {
            return reader.read(file, format, limits.imagePixels());
        } catch (IOException e) {
            String most = limits.imagePixels() + " pixels, " + Pixels.MOST_SIDE + " a side";
            throw damaged(field, e, "a " + word(format) + " file of at most " + most);
        }
    }

    /** Reads a file of at most so many pixels. */
    @FunctionalInterface
    public interface FileReader<T> {
        T read(byte[] file, Format format, int pixels) throws IOException;
    }

    private static String word(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static UndecodableException damaged(String field, IOException e, String allowed) {
        return UndecodableException.invalid(field, String.valueOf(e.getMessage()), allowed);
    }

    private static byte[] pixels(
            JsonFields image, String name, ImageShape shape, DecodeBudget budget)
            throws UndecodableException {
        Optional<JsonValue> png = image.find("png");
        Optional<JsonValue> jpeg = image.find("jpeg");
        Optional<JsonValue> raw = image.find("pixels");
        long given = Stream.of(png, jpeg, raw).filter(Optional::isPresent).count();
        if (given != 1) {
            throw UndecodableException.invalid(name, given + " of them", CONTENT);
        }
        if (raw.isPresent()) {
            return raw(image, name, raw.get(), shape);
        }
        return png.isPresent()
                ? file(name + ".png", Format.PNG, png.get(), shape, budget)
                : file(name + ".jpeg", Format.JPEG, jpeg.orElseThrow(), shape, budget);
    }

    private static byte[] raw(JsonFields image, String name, JsonValue value, ImageShape shape)
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

    private static byte[] file(
            String field, Format format, JsonValue value, ImageShape shape, DecodeBudget budget)
            throws UndecodableException {
        byte[] file = base64(field, value);
        try {
            return Pixels.decode(file, format, shape, budget);
        } catch (IOException e) {
            String sides = shape.height() + " x " + shape.width();
            throw damaged(field, e, "a " + word(format) + " file of " + sides + " pixels");
        }
    }

    private static byte[] base64(String name, JsonValue value) throws UndecodableException {
        String allowed = "a text in base64";
        if (value.isBytes()) {
            return value.bytes();
        }
        if (!value.isText()) {
            throw UndecodableException.invalid(name, value, allowed);
        }
        try {
            return Base64.getDecoder().decode(value.text());
        } catch (IllegalArgumentException e) {
            throw UndecodableException.invalid(name, value.text(), allowed);
        }
    }

    /** Writes an image into a field, as pixels. */
    public static void write(JsonOut to, String name, byte[] pixels, ImageShape shape)
            throws IOException {
        to.object(
                name,
                body ->
                        body.whole("channels", shape.channels())
                                .whole("height", shape.height())
                                .whole("width", shape.width())
                                .text("pixels", Base64.getEncoder().encodeToString(pixels)));
    }
}
