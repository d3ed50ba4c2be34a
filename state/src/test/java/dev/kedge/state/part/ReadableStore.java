// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** A store that a model may read from at any time, and that says what was asked for. */
public class ReadableStore implements PartStore {
    private final MemoryPartStore parts;
    private final SortedSet<String> asked = new TreeSet<>();

    /** Over parts that are kept elsewhere. */
    public ReadableStore(MemoryPartStore parts) {
        this.parts = parts;
    }

    /** Names of the parts that were asked for; may be cleared. */
    public SortedSet<String> asked() {
        return asked;
    }

    @Override
    public Optional<byte[]> get(String name) {
        asked.add(name);
        return parts.get(name);
    }

    @Override
    public void put(String name, byte[] bytes) {
        parts.put(name, bytes);
    }

    @Override
    public void remove(String name) {
        parts.remove(name);
    }

    @Override
    public SortedMap<String, byte[]> parts(String prefix) {
        return parts.parts(prefix);
    }

    @Override
    public boolean staysReadable() {
        return true;
    }
}
