// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * By what a score is known to answer an event: 64 bits of its key and, where a key has many scores,
 * of its moment (FNV-1a). Nothing is parsed: the reader must not be what is measured.
 */
final class ScoreId {
    private static final long OFFSET = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;
    private static final byte[] AT = "\"at\":\"".getBytes(StandardCharsets.UTF_8);

    private ScoreId() {}

    /** Of a key that has one score. */
    static long of(byte[] key) {
        return add(OFFSET, key, 0, key.length);
    }

    /** Of a model's and a creative's names and a moment: what {@link #ofCreative} finds. */
    static long ofCreative(String model, String creative, long at) {
        byte[] key = (model + "|" + creative).getBytes(StandardCharsets.UTF_8);
        byte[] moment = Instant.ofEpochMilli(at).toString().getBytes(StandardCharsets.UTF_8);
        return add(of(key), moment, 0, moment.length);
    }

    /** Of a creative's score: its key without the spell, and its moment. */
    static long ofCreative(byte[] key, byte[] value) {
        int bar = key.length - 1;
        while (bar > 0 && key[bar] != '|') {
            bar--;
        }
        int from = find(value) + AT.length;
        int to = from;
        while (to < value.length && value[to] != '"') {
            to++;
        }
        return add(add(OFFSET, key, 0, bar), value, from, to);
    }

    /** Where a record's own moment is: a quote within a text would have a backslash before it. */
    private static int find(byte[] value) {
        for (int i = 0; i + AT.length < value.length; i++) {
            int same = 0;
            while (same < AT.length && value[i + same] == AT[same]) {
                same++;
            }
            if (same == AT.length) {
                return i;
            }
        }
        throw new IllegalArgumentException("a score has no moment");
    }

    private static long add(long hash, byte[] bytes, int from, int to) {
        long added = hash;
        for (int i = from; i < to; i++) {
            added = (added ^ bytes[i]) * PRIME;
        }
        return added;
    }
}
