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
 * the values in an array or an object follow it. Every format is read into one and written from
 * one. Not safe for several threads.
 */
public final class JsonTape implements ValueSink {
    /** No value: what holds the record itself, and what is not there. */
    public static final int NONE = -1;

    /**
     * What a value is. The names of those that JSON has are those of Jackson's nodes: messages have
     * them.
     */
    public enum Kind {
        ARRAY,
        BYTES,
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
    private int open = NONE;
    private String name = "";

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
        put(from, first);
        while (open != NONE) {
            String next = kinds[open] == Kind.OBJECT ? from.nextFieldName() : "";
            JsonToken token = next == null ? JsonToken.END_OBJECT : from.nextToken();
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                close();
            } else {
                name = next;
                put(from, token);
                requireNew();
            }
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
        open = NONE;
        name = "";
    }

    private void put(JsonParser from, JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT -> beginObject();
            case START_ARRAY -> beginArray();
            case VALUE_STRING -> text(from.getText());
            case VALUE_NUMBER_INT -> {
                if (from.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    large(from.getBigIntegerValue());
                } else {
                    whole(from.getLongValue());
                }
            }
            case VALUE_NUMBER_FLOAT -> number(from.getDoubleValue());
            case VALUE_NULL -> nothing();
            default -> truth(token == JsonToken.VALUE_TRUE);
        }
    }

    /** Adds a value to what is open. */
    private int add(Kind kind) {
        if (size == kinds.length) {
            resize(2 * size);
        }
        int at = size++;
        kinds[at] = kind;
        names[at] = name;
        ends[at] = size;
        if (open != NONE) {
            bits[open]++;
        }
        return at;
    }

    private void open(Kind kind) {
        int at = add(kind);
        bits[at] = 0;
        // What is open remembers what holds it, until it is closed.
        ends[at] = open;
        open = at;
    }

    private void close() {
        int outer = ends[open];
        ends[open] = size;
        contents[open] = null;
        open = outer;
    }

    @Override
    public void name(String next) {
        name = next;
    }

    @Override
    public void text(String value) {
        // The arrays may be others afterwards.
        int at = add(Kind.STRING);
        contents[at] = value;
    }

    /** A text that is no text but bytes. */
    public void bytes(byte[] value) {
        int at = add(Kind.BYTES);
        contents[at] = value;
    }

    @Override
    public void moment(long epochMillis) {
        whole(epochMillis);
    }

    @Override
    public void whole(long value) {
        int at = add(Kind.NUMBER);
        whole[at] = true;
        bits[at] = value;
    }

    private void large(BigInteger value) {
        int at = add(Kind.NUMBER);
        whole[at] = true;
        contents[at] = value;
    }

    @Override
    public void number(double value) {
        int at = add(Kind.NUMBER);
        whole[at] = false;
        bits[at] = Double.doubleToRawLongBits(value);
    }

    @Override
    public void single(float value) {
        number(value);
    }

    @Override
    public void truth(boolean value) {
        int at = add(Kind.BOOLEAN);
        bits[at] = value ? 1 : 0;
    }

    @Override
    public void nothing() {
        add(Kind.NULL);
    }

    @Override
    public void beginObject() {
        open(Kind.OBJECT);
    }

    @Override
    public void endObject() {
        close();
    }

    @Override
    public void beginArray() {
        open(Kind.ARRAY);
    }

    @Override
    public void endArray() {
        close();
    }

    /**
     * Refuses the value that was begun last if its name is there already. The words are Jackson's,
     * whose trees refuse the same.
     */
    private void requireNew() throws UndecodableException {
        boolean opened = open == size - 1;
        int holder = opened ? ends[open] : open;
        if (holder != NONE && kinds[holder] == Kind.OBJECT && isDouble(holder, size - 1)) {
            String words =
                    "Duplicate field '"
                            + name
                            + "' for `ObjectNode`: not allowed when `DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY` enabled";
            throw UndecodableException.unreadable("not JSON: " + Json.firstLine(words));
        }
    }

    @SuppressWarnings("unchecked")
    private boolean isDouble(int open, int at) {
        if (bits[open] <= NARROW) {
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
        int found = find(object, name);
        if (found != NONE) {
            asked[found] = true;
        }
        return found;
    }

    boolean isAsked(int at) {
        return asked[at];
    }

    public Kind kind(int at) {
        return kinds[at];
    }

    public String nameAt(int at) {
        return names[at];
    }

    /** Index behind a value and all that is in it: that of its next sibling, if it has one. */
    public int end(int at) {
        return ends[at];
    }

    /** Values in an array, or fields of an object. */
    public int count(int at) {
        return (int) bits[at];
    }

    public String textAt(int at) {
        return (String) contents[at];
    }

    public byte[] bytesAt(int at) {
        return (byte[]) contents[at];
    }

    /** The field of an object; {@link #NONE} if it is not there. */
    public int find(int object, String field) {
        return child(object, field, ends[object]);
    }

    /** Whether there are more values than a record may have. */
    public boolean isFull() {
        return size > Json.MOST_TOKENS;
    }

    public boolean truthAt(int at) {
        return bits[at] == 1;
    }

    /** Whether a number is whole and fits into 64 bits. */
    public boolean isLong(int at) {
        return kinds[at] == Kind.NUMBER
                && whole[at]
                && (contents[at] == null || fits((BigInteger) contents[at]));
    }

    private static boolean fits(BigInteger large) {
        return large.compareTo(LOWEST) >= 0 && large.compareTo(HIGHEST) <= 0;
    }

    public long wholeAt(int at) {
        return contents[at] == null ? bits[at] : ((BigInteger) contents[at]).longValue();
    }

    public double numberAt(int at) {
        if (contents[at] != null) {
            return ((BigInteger) contents[at]).doubleValue();
        }
        return whole[at] ? bits[at] : Double.longBitsToDouble(bits[at]);
    }

    /** A number as the nearest float. */
    public float singleAt(int at) {
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
