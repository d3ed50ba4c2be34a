// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one JSON object, each asked for by name and type; what was not asked for is an
 * error at the end. A field that is {@code null} counts as not given.
 */
public final class JsonFields {
    private static final String OPEN_PREFIX = "x-";
    private static final String MOMENT = "ISO-8601 with a zone or epoch milliseconds, 2000 to 2099";

    private final JsonTape tape;
    private final int object;

    JsonFields(JsonTape tape, int object) {
        this.tape = tape;
        this.object = object;
    }

    public static JsonFields of(JsonValue value, String name) throws UndecodableException {
        if (value.isObject()) {
            return value.fields();
        }
        throw UndecodableException.invalid(name, value, "an object");
    }

    public Optional<JsonValue> find(String name) {
        int found = given(name);
        return found == JsonTape.NONE ? Optional.empty() : Optional.of(new JsonValue(tape, found));
    }

    private int given(String name) {
        int found = tape.ask(object, name);
        return found == JsonTape.NONE || tape.kind(found) == JsonTape.Kind.NULL
                ? JsonTape.NONE
                : found;
    }

    /** The object itself. */
    JsonValue value() {
        return new JsonValue(tape, object);
    }

    /** Whether a field is there. */
    public boolean has(String name) {
        return given(name) != JsonTape.NONE;
    }

    public JsonValue need(String name, String allowed) throws UndecodableException {
        int found = given(name);
        if (found == JsonTape.NONE) {
            throw UndecodableException.missing(name, allowed);
        }
        return new JsonValue(tape, found);
    }

    /** A name of something: not blank, no line breaks, NUL or other control characters. */
    public String id(String name, int most) throws UndecodableException {
        String value = anyId(name, most);
        if (Characters.hasControl(value)) {
            throw UndecodableException.invalid(
                    name, Characters.shown(value), Characters.WITHOUT_CONTROL);
        }
        return value;
    }

    /** An id that may hold control characters: what took them before must still be named. */
    String anyId(String name, int most) throws UndecodableException {
        String allowed = "a text of 1 to " + most + " characters, not blank";
        JsonValue found = need(name, allowed);
        if (!found.isText() || found.text().isBlank()) {
            throw UndecodableException.invalid(name, found, allowed);
        }
        String value = readable(name, found.text());
        if (value.length() > most) {
            throw UndecodableException.invalid(name, value.length() + " characters long", allowed);
        }
        return value;
    }

    String text(String name) throws UndecodableException {
        JsonValue found = need(name, "a text");
        if (!found.isText()) {
            throw UndecodableException.invalid(name, found, "a text");
        }
        return wellFormed(name, found.text());
    }

    /** An id, if the field is there. */
    public Optional<String> idIfGiven(String name, int most) throws UndecodableException {
        return !has(name) ? Optional.empty() : Optional.of(id(name, most));
    }

    public String textOrEmpty(String name, int mostBytes) throws UndecodableException {
        if (!has(name)) {
            return "";
        }
        return readable(name, atMost(name, text(name), mostBytes));
    }

    public static String atMost(String name, String value, int bytes) throws UndecodableException {
        // A character takes at most three bytes, so short texts need not be encoded to be measured.
        boolean fits =
                value.length() <= bytes / 3
                        || value.getBytes(StandardCharsets.UTF_8).length <= bytes;
        if (!fits) {
            throw UndecodableException.invalid(
                    name, value.length() + " characters long", "at most " + bytes + " bytes");
        }
        return value;
    }

    public long count(String name) throws UndecodableException {
        return whole(name, 0, Long.MAX_VALUE, "a whole number, 0 or more");
    }

    public long count(String name, long most) throws UndecodableException {
        return whole(name, 0, most, "a whole number, 0 to " + most);
    }

    public int smallCount(String name) throws UndecodableException {
        return (int) whole(name, 0, Integer.MAX_VALUE, "a whole number, 0 to 2147483647");
    }

    /** Whether a field is true; false where it is not there. */
    public boolean truth(String name) throws UndecodableException {
        int found = given(name);
        if (found == JsonTape.NONE) {
            return false;
        }
        if (tape.kind(found) != JsonTape.Kind.BOOLEAN) {
            throw UndecodableException.invalid(name, new JsonValue(tape, found), "true or false");
        }
        return tape.truthAt(found);
    }

    long whole(String name, long least, long most, String allowed) throws UndecodableException {
        JsonValue found = need(name, allowed);
        boolean fits = found.isWhole() && found.whole() >= least && found.whole() <= most;
        if (!fits) {
            throw UndecodableException.invalid(name, found, allowed);
        }
        return found.whole();
    }

    public double amount(String name, long most) throws UndecodableException {
        String allowed = "a number, 0 to " + most;
        JsonValue found = need(name, allowed);
        double value = finite(name, found, allowed);
        if (value < 0 || value > most) {
            throw UndecodableException.invalid(name, found, allowed);
        }
        return value;
    }

    public static double finite(String name, JsonValue value, String allowed)
            throws UndecodableException {
        if (!value.isNumber() || !Double.isFinite(value.number())) {
            throw UndecodableException.invalid(name, value, allowed);
        }
        return value.number();
    }

    /** The numbers of an array. */
    public static float[] floats(String name, JsonValue array) throws UndecodableException {
        float[] values = new float[array.size()];
        int i = 0;
        for (JsonValue value : array.values()) {
            if (!value.isNumber() || !Float.isFinite(value.single())) {
                throw UndecodableException.invalid(
                        name + "[" + i + "]", value, "a finite 32-bit number");
            }
            values[i++] = value.single();
        }
        return values;
    }

    /** A number, or NaN where the field is null or not there. */
    double numberOrNaN(String name) throws UndecodableException {
        int found = given(name);
        return found == JsonTape.NONE
                ? Double.NaN
                : finite(name, new JsonValue(tape, found), "a finite number or null");
    }

    /** The numbers of an array, NaN where it has null. */
    double[] numbersOrNaN(String name) throws UndecodableException {
        JsonValue array = array(name);
        double[] values = new double[array.size()];
        int i = 0;
        for (JsonValue value : array.values()) {
            values[i++] = value.isNull() ? Double.NaN : finite(name, value, "finite numbers");
        }
        return values;
    }

    public long moment(String name) throws UndecodableException {
        JsonValue found = need(name, MOMENT);
        long at = epochMillis(name, found);
        if (!CreativeLimits.plausible(at)) {
            throw UndecodableException.invalid(name, found, MOMENT);
        }
        return at;
    }

    /** The numbers of an array, each at most as large either way as something may be. */
    public static float[] floats(String name, JsonValue array, float most, String allowed)
            throws UndecodableException {
        float[] values = floats(name, array);
        int i = 0;
        for (JsonValue value : array.values()) {
            if (Math.abs(values[i]) > most) {
                throw UndecodableException.invalid(name + "[" + i + "]", value, allowed);
            }
            i++;
        }
        return values;
    }

    private static long epochMillis(String name, JsonValue found) throws UndecodableException {
        if (found.isWhole()) {
            return found.whole();
        }
        if (!found.isText()) {
            throw UndecodableException.invalid(name, found, MOMENT);
        }
        try {
            return IsoMoment.read(found.text());
        } catch (DateTimeException | ArithmeticException e) {
            // The latter from years that milliseconds cannot count.
            throw UndecodableException.invalid(name, found, MOMENT);
        }
    }

    /** The objects of an array. */
    <T> List<T> list(String name, ElementReader<T> reader) throws UndecodableException {
        List<T> values = new ArrayList<>();
        for (JsonValue element : array(name).values()) {
            values.add(reader.read(of(element, name)));
        }
        return List.copyOf(values);
    }

    public JsonValue array(String name) throws UndecodableException {
        JsonValue array = need(name, "an array");
        if (!array.isArray()) {
            throw UndecodableException.invalid(name, array, "an array");
        }
        return array;
    }

    public void nothingElse() throws UndecodableException {
        for (int field = object + 1; field < tape.end(object); field = tape.end(field)) {
            if (!tape.isAsked(field) && !tape.nameAt(field).startsWith(OPEN_PREFIX)) {
                throw UndecodableException.invalid(
                        tape.nameAt(field),
                        new JsonValue(tape, field),
                        "a known field, or one that starts with x-");
            }
        }
    }

    /** Reads one element of an array. */
    @FunctionalInterface
    interface ElementReader<T> {
        T read(JsonFields fields) throws UndecodableException;
    }

    /** Refuses half surrogate pairs: they cannot be written as UTF-8 again. */
    static String wellFormed(String name, String value) throws UndecodableException {
        if (Characters.hasHalf(value)) {
            throw UndecodableException.invalid(name, "half a character", "well-formed Unicode");
        }
        return value;
    }

    /** Refuses, in what a model will read, heaps of combining marks as well. */
    public static String readable(String name, String value) throws UndecodableException {
        if (Characters.hasHeap(wellFormed(name, value))) {
            throw UndecodableException.invalid(
                    name, "a heap of combining marks", Characters.WITHOUT_HEAPS);
        }
        return value;
    }
}
