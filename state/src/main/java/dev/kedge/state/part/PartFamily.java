// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
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
    private final TreeSet<K> touched = new TreeSet<>();

    private PartFamily(Function<K, String> name) {
        this.name = name;
    }

    /** Parts whose names end with a text. */
    public static PartFamily<String> named(String prefix) {
        return new PartFamily<>(prefix::concat);
    }

    /** Parts whose names end with a number, so that they sort by it. */
    public static PartFamily<Long> numbered(String prefix) {
        return numbered(prefix, "%016x");
    }

    /** Parts whose names end with a number in a form of {@link java.util.Formatter}. */
    public static PartFamily<Long> numbered(String prefix, String form) {
        return new PartFamily<>(key -> prefix + String.format(Locale.ROOT, form, key));
    }

    /** One comes, goes, or changes. */
    public void touch(K key) {
        touched.add(key);
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
        for (K key : touched) {
            bytes.apply(key)
                    .ifPresentOrElse(
                            part -> store.put(name(key), part), () -> store.remove(name(key)));
        }
        touched.clear();
    }
}
