// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.operators.encoder.InputForm;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one JSON object, each asked for by name and type; what was not asked for is an
 * error at the end. A field that is {@code null} counts as not given.
 */
public final class JsonFields {
    private static final String OPEN_PREFIX = "x-";
    private static final String MOMENT = "ISO-8601 with a zone or epoch milliseconds, 2000 to 2099";

    private final ObjectNode node;
    private final Set<String> asked = new HashSet<>();

    public JsonFields(ObjectNode node) {
        this.node = node;
    }

    public static JsonFields of(JsonNode node, String name) throws UndecodableException {
        if (node instanceof ObjectNode object) {
            return new JsonFields(object);
        }
        throw UndecodableException.invalid(name, node, "an object");
    }

    public Optional<JsonNode> find(String name) {
        asked.add(name);
        return Optional.ofNullable(node.get(name)).filter(found -> !found.isNull());
    }

    public JsonNode need(String name, String allowed) throws UndecodableException {
        Optional<JsonNode> found = find(name);
        if (found.isEmpty()) {
            throw UndecodableException.missing(name, allowed);
        }
        return found.get();
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
        JsonNode found = need(name, allowed);
        if (!found.isTextual() || found.textValue().isBlank()) {
            throw UndecodableException.invalid(name, found, allowed);
        }
        String value = readable(name, found.textValue());
        if (value.length() > most) {
            throw UndecodableException.invalid(name, value.length() + " characters long", allowed);
        }
        return value;
    }

    String text(String name) throws UndecodableException {
        JsonNode found = need(name, "a text");
        if (!found.isTextual()) {
            throw UndecodableException.invalid(name, found, "a text");
        }
        return wellFormed(name, found.textValue());
    }

    /** An id, if the field is there. */
    public Optional<String> idIfGiven(String name, int most) throws UndecodableException {
        return find(name).isEmpty() ? Optional.empty() : Optional.of(id(name, most));
    }

    public String textOrEmpty(String name, int mostBytes) throws UndecodableException {
        if (find(name).isEmpty()) {
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

    private long whole(String name, long least, long most, String allowed)
            throws UndecodableException {
        JsonNode found = need(name, allowed);
        boolean fits =
                found.isIntegralNumber()
                        && found.canConvertToLong()
                        && found.longValue() >= least
                        && found.longValue() <= most;
        if (!fits) {
            throw UndecodableException.invalid(name, found, allowed);
        }
        return found.longValue();
    }

    public double amount(String name, long most) throws UndecodableException {
        String allowed = "a number, 0 to " + most;
        JsonNode found = need(name, allowed);
        double value = finite(name, found, allowed);
        if (value < 0 || value > most) {
            throw UndecodableException.invalid(name, found, allowed);
        }
        return found.doubleValue();
    }

    public static double finite(String name, JsonNode value, String allowed)
            throws UndecodableException {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw UndecodableException.invalid(name, value, allowed);
        }
        return value.doubleValue();
    }

    /** The numbers of an array. */
    public static float[] floats(String name, JsonNode array) throws UndecodableException {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            values[i] = value.floatValue();
            if (!value.isNumber() || !Float.isFinite(values[i])) {
                throw UndecodableException.invalid(
                        name + "[" + i + "]", value, "a finite 32-bit number");
            }
        }
        return values;
    }

    /** A number, or NaN where the field is null or not there. */
    double numberOrNaN(String name) throws UndecodableException {
        Optional<JsonNode> found = find(name);
        return found.isEmpty() ? Double.NaN : finite(name, found.get(), "a finite number or null");
    }

    /** The numbers of an array, NaN where it has null. */
    double[] numbersOrNaN(String name) throws UndecodableException {
        JsonNode array = array(name);
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            values[i] = value.isNull() ? Double.NaN : finite(name, value, "finite numbers");
        }
        return values;
    }

    public long moment(String name) throws UndecodableException {
        JsonNode found = need(name, MOMENT);
        long at = epochMillis(name, found);
        if (!CreativeLimits.plausible(at)) {
            throw UndecodableException.invalid(name, found, MOMENT);
        }
        return at;
    }

    /** The numbers of an array, each at most as large as an input may be. */
    static float[] inputs(String name, JsonNode array) throws UndecodableException {
        float[] values = floats(name, array);
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) > InputForm.MOST) {
                throw UndecodableException.invalid(
                        name + "[" + i + "]", array.get(i), InputForm.ALLOWED);
            }
        }
        return values;
    }

    private static long epochMillis(String name, JsonNode found) throws UndecodableException {
        if (found.isIntegralNumber() && found.canConvertToLong()) {
            return found.longValue();
        }
        if (!found.isTextual()) {
            throw UndecodableException.invalid(name, found, MOMENT);
        }
        try {
            return OffsetDateTime.parse(found.textValue()).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            // The latter from years that milliseconds cannot count.
            throw UndecodableException.invalid(name, found, MOMENT);
        }
    }

    /** The objects of an array. */
    <T> List<T> list(String name, ElementReader<T> reader) throws UndecodableException {
        List<T> values = new ArrayList<>();
        for (JsonNode element : array(name)) {
            values.add(reader.read(of(element, name)));
        }
        return List.copyOf(values);
    }

    public JsonNode array(String name) throws UndecodableException {
        JsonNode array = need(name, "an array");
        if (!array.isArray()) {
            throw UndecodableException.invalid(name, array, "an array");
        }
        return array;
    }

    public void nothingElse() throws UndecodableException {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!asked.contains(name) && !name.startsWith(OPEN_PREFIX)) {
                throw UndecodableException.invalid(
                        name, node.get(name), "a known field, or one that starts with x-");
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
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
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
