// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The values of one record in the order in which they came, side by side in arrays that serve one
 * record after the other: reading makes the texts and nothing else. A value is known by its index;
 * the values in an array or an object follow it. Not safe for several threads.
 */
final class JsonTape {
    /** No value: what holds the record itself, and what is not there. */
    static final int NONE = -1;

    /** What a value is. The names are those of Jackson's nodes: messages have them. */
    enum Kind {
        ARRAY,
        BOOLEAN,
        NULL,
        NUMBER,
        OBJECT,
        STRING
    }

    /** Room that is kept for the next record: one large record must not hold memory for ever. */
    private static final int KEPT = 1 << 14;

    /** Objects of fewer fields are looked through for a name. */
    private static final int NARROW = 16;

    private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);

    private Kind[] kinds = new Kind[64];
    private boolean[] whole = new boolean[64];
    private boolean[] asked = new boolean[64];
    private long[] bits = new long[64];
    private int[] ends = new int[64];
    private String[] names = new String[64];
    private Object[] contents = new Object[64];
    private int size;

    /**
     * Reads one value with all that is in it. Asks the parser as Jackson's trees do, so that it
     * complains in the same words.
     *
     * @return whether there is one
     */
    boolean read(JsonParser from) throws IOException, UndecodableException {
        JsonToken first = from.nextToken();
        if (first == null) {
            return false;
        }
        int open = add(from, first, NONE, "");
        while (open != NONE) {
            boolean named = kinds[open] == Kind.OBJECT;
            String name = named ? from.nextFieldName() : "";
            JsonToken token = name == null ? JsonToken.END_OBJECT : from.nextToken();
            open =
                    token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY
                            ? close(open)
                            : add(from, token, open, name);
        }
        return true;
    }

    /** Forgets the record. */
    void clear() {
        if (kinds.length > KEPT) {
            resize(KEPT);
            size = KEPT;
        }
        Arrays.fill(asked, 0, size, false);
        Arrays.fill(names, 0, size, null);
        Arrays.fill(contents, 0, size, null);
        size = 0;
    }

    /** Adds a value; gives the array or object that is open afterwards. */
    private int add(JsonParser from, JsonToken token, int open, String name)
            throws IOException, UndecodableException {
        if (size == kinds.length) {
            resize(2 * size);
        }
        int at = size++;
        names[at] = name;
        boolean opens = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        if (opens) {
            kinds[at] = token == JsonToken.START_OBJECT ? Kind.OBJECT : Kind.ARRAY;
            bits[at] = 0;
        } else {
            scalar(from, token, at);
        }
        if (open != NONE) {
            requireNew(open, at);
            bits[open]++;
        }
        // What is open remembers what holds it, until it is closed.
        ends[at] = opens ? open : size;
        return opens ? at : open;
    }

    private int close(int open) {
        int outer = ends[open];
        ends[open] = size;
        contents[open] = null;
        return outer;
    }

    private void scalar(JsonParser from, JsonToken token, int at) throws IOException {
        switch (token) {
            case VALUE_STRING -> {
                kinds[at] = Kind.STRING;
                contents[at] = from.getText();
            }
            case VALUE_NUMBER_INT -> {
                kinds[at] = Kind.NUMBER;
                whole[at] = true;
                if (from.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    contents[at] = from.getBigIntegerValue();
                } else {
                    bits[at] = from.getLongValue();
                }
            }
            case VALUE_NUMBER_FLOAT -> {
                kinds[at] = Kind.NUMBER;
                whole[at] = false;
                bits[at] = Double.doubleToRawLongBits(from.getDoubleValue());
            }
            case VALUE_NULL -> kinds[at] = Kind.NULL;
            default -> {
                kinds[at] = Kind.BOOLEAN;
                bits[at] = token == JsonToken.VALUE_TRUE ? 1 : 0;
            }
        }
    }

    /** The words are Jackson's, whose trees refuse the same. */
    private void requireNew(int open, int at) throws UndecodableException {
        if (kinds[open] == Kind.OBJECT && isDouble(open, at)) {
            String words =
                    "Duplicate field '"
                            + names[at]
                            + "' for `ObjectNode`: not allowed when `DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY` enabled";
            throw UndecodableException.unreadable("not JSON: " + Json.firstLine(words));
        }
    }

    @SuppressWarnings("unchecked")
    private boolean isDouble(int open, int at) {
        if (bits[open] < NARROW) {
            return child(open, names[at], at) != NONE;
        }
        if (contents[open] == null) {
            Set<String> known = new HashSet<>();
            for (int child = open + 1; child < at; child = ends[child]) {
                known.add(names[child]);
            }
            contents[open] = known;
        }
        return !((Set<String>) contents[open]).add(names[at]);
    }

    /** The field of an object, among those in front of another value. */
    private int child(int object, String name, int end) {
        for (int child = object + 1; child < end; child = ends[child]) {
            if (names[child].equals(name)) {
                return child;
            }
        }
        return NONE;
    }

    private void resize(int room) {
        kinds = Arrays.copyOf(kinds, room);
        whole = Arrays.copyOf(whole, room);
        asked = Arrays.copyOf(asked, room);
        bits = Arrays.copyOf(bits, room);
        ends = Arrays.copyOf(ends, room);
        names = Arrays.copyOf(names, room);
        contents = Arrays.copyOf(contents, room);
    }

    /**
     * The field of an object, and notes that it was asked for; {@link #NONE} if it is not there.
     */
    int ask(int object, String name) {
        int found = child(object, name, ends[object]);
        if (found != NONE) {
            asked[found] = true;
        }
        return found;
    }

    boolean isAsked(int at) {
        return asked[at];
    }

    Kind kind(int at) {
        return kinds[at];
    }

    String name(int at) {
        return names[at];
    }

    /** Index behind a value and all that is in it: that of its next sibling, if it has one. */
    int end(int at) {
        return ends[at];
    }

    /** Values in an array, or fields of an object. */
    int count(int at) {
        return (int) bits[at];
    }

    String text(int at) {
        return (String) contents[at];
    }

    boolean truth(int at) {
        return bits[at] == 1;
    }

    /** Whether a number is whole and fits into 64 bits. */
    boolean isLong(int at) {
        return kinds[at] == Kind.NUMBER
                && whole[at]
                && (contents[at] == null || fits((BigInteger) contents[at]));
    }

    private static boolean fits(BigInteger large) {
        return large.compareTo(LOWEST) >= 0 && large.compareTo(HIGHEST) <= 0;
    }

    long whole(int at) {
        return contents[at] == null ? bits[at] : ((BigInteger) contents[at]).longValue();
    }

    double number(int at) {
        if (contents[at] != null) {
            return ((BigInteger) contents[at]).doubleValue();
        }
        return whole[at] ? bits[at] : Double.longBitsToDouble(bits[at]);
    }

    /** A number as the nearest float. */
    float single(int at) {
        if (contents[at] != null) {
            return ((BigInteger) contents[at]).floatValue();
        }
        return whole[at] ? bits[at] : (float) Double.longBitsToDouble(bits[at]);
    }

    /** Whether a number came with neither point nor exponent. */
    boolean isWhole(int at) {
        return whole[at];
    }

    /** A whole number that may not fit into 64 bits. */
    Object large(int at) {
        return contents[at] == null ? bits[at] : contents[at];
    }
}
