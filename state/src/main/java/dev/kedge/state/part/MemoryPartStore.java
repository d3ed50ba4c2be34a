// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Parts on the heap: for learners that run without Flink, and for tests. */
public final class MemoryPartStore implements PartStore {
    private final SortedMap<String, byte[]> parts = new TreeMap<>();

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
    public SortedSet<String> names(String prefix) {
        SortedSet<String> names = new TreeSet<>();
        for (String name : parts.keySet()) {
            if (name.startsWith(prefix)) {
                names.add(name);
            }
        }
        return names;
    }

    /** All parts by name. */
    public SortedMap<String, byte[]> parts() {
        return Collections.unmodifiableSortedMap(parts);
    }
}
