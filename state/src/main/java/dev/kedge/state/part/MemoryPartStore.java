// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parts on the heap: for learners that run without Flink, and for tests. */
public final class MemoryPartStore implements PartStore {
    private final SortedMap<String, byte[]> parts;

    /** Starts empty. */
    public MemoryPartStore() {
        this(new TreeMap<>());
    }

    private MemoryPartStore(SortedMap<String, byte[]> parts) {
        this.parts = parts;
    }

    /** Parts that can be read only; not copied. */
    public static MemoryPartStore readOnly(SortedMap<String, byte[]> parts) {
        return new MemoryPartStore(Collections.unmodifiableSortedMap(parts));
    }

    @Override
    public Optional<byte[]> get(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    @Override
    public void put(String name, byte[] bytes) {
        parts.put(name, bytes.clone());
    }

    @Override
    public void remove(String name) {
        parts.remove(name);
    }

    @Override
    public SortedMap<String, byte[]> parts(String prefix) {
        if (prefix.isEmpty()) {
            return parts();
        }
        int last = prefix.length() - 1;
        String end = prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
        return Collections.unmodifiableSortedMap(parts.subMap(prefix, end));
    }

    /** All parts by name. */
    public SortedMap<String, byte[]> parts() {
        return Collections.unmodifiableSortedMap(parts);
    }
}
