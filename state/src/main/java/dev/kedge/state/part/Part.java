// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One named part of a model and, here and nowhere else, whether the store has it as it is. Whoever
 * changes what the part is made of {@link #touch touches} it. Not thread-safe.
 */
public final class Part {
    private final String name;
    private boolean changed;

    private Part(String name, boolean changed) {
        this.name = name;
        this.changed = changed;
    }

    /** A part that every model has: a new one is written by the next flush. */
    public static Part of(String name) {
        return new Part(name, true);
    }

    /** A part that a model has only once it was touched. */
    public static Part onceTouched(String name) {
        return new Part(name, false);
    }

    /** What it is made of changes. */
    public void touch() {
        changed = true;
    }

    /** What it is made of changes if {@code really}. */
    public void touchIf(boolean really) {
        changed |= really;
    }

    /** Whether the store does not have it as it is. */
    public boolean isUnwritten() {
        return changed;
    }

    /** It was read back: the store has it as it is. */
    public void restored() {
        changed = false;
    }

    /**
     * Reads the part, if the store has it. It is then as the store has it, unless the reader
     * touches it.
     *
     * @return whether the store has it
     */
    public boolean restore(PartStore store, Consumer<byte[]> reader) {
        Optional<byte[]> stored = store.get(name);
        if (stored.isPresent()) {
            changed = false;
            reader.accept(stored.get());
        }
        return stored.isPresent();
    }

    /** Writes the part if it was touched since the store had it. */
    public void flush(PartStore store, Supplier<byte[]> bytes) {
        if (changed) {
            store.put(name, bytes.get());
            changed = false;
        }
    }
}
