// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The parts of a model that have a common prefix and a key each, and which of them the store does
 * not have as they are. Whoever adds, changes or removes one {@link #touch touches} its key. Not
 * thread-safe.
 *
 * @param <K> type of the keys
 */
public final class PartFamily<K extends Comparable<K>> {
    private final Function<K, String> name;
    private final LinkedHashMap<K, Boolean> touched = new LinkedHashMap<>(16, 0.75f, true);

    private PartFamily(Function<K, String> name) {
        this.name = name;
    }

    /** Parts whose names end with a text. */
    public static PartFamily<String> named(String prefix) {
        return new PartFamily<>(prefix::concat);
    }

    /** Parts whose names end with a number, so that they sort by it. */
    public static PartFamily<Long> numbered(String prefix) {
        HexFormat hex = HexFormat.of();
        return new PartFamily<>(key -> prefix + hex.toHexDigits(key));
    }

    /** Parts whose names end with a number in a form of {@link java.util.Formatter}. */
    public static PartFamily<Long> numbered(String prefix, String form) {
        return new PartFamily<>(key -> prefix + String.format(Locale.ROOT, form, key));
    }

    /** One comes, goes, or changes. */
    public void touch(K key) {
        // In the order of touches: what was touched before goes to the end.
        touched.put(key, true);
    }

    /** How many the store does not have as they are. */
    public int unwritten() {
        return touched.size();
    }

    /** Whether the store does not have one as it is. */
    public boolean isUnwritten(K key) {
        return touched.containsKey(key);
    }

    /** All were read back: the store has them as they are. */
    public void restored() {
        touched.clear();
    }

    /** Name of the part of a key. */
    public String name(K key) {
        return name.apply(key);
    }

    /**
     * Writes those that were touched, and removes those of them that are gone.
     *
     * @param bytes what a key's part holds; empty if there is none any more
     */
    public void flush(PartStore store, Function<K, Optional<byte[]>> bytes) {
        touched.keySet().forEach(key -> write(key, store, bytes));
        touched.clear();
    }

    /**
     * The same for those alone that were touched longest ago.
     *
     * @param max how many at most
     * @return how many were written or removed
     */
    public int flushOldest(PartStore store, int max, Function<K, Optional<byte[]>> bytes) {
        int written = 0;
        Iterator<K> oldest = touched.keySet().iterator();
        while (written < max && oldest.hasNext()) {
            write(oldest.next(), store, bytes);
            oldest.remove();
            written++;
        }
        return written;
    }

    private void write(K key, PartStore store, Function<K, Optional<byte[]>> bytes) {
        bytes.apply(key)
                .ifPresentOrElse(part -> store.put(name(key), part), () -> store.remove(name(key)));
    }
}
