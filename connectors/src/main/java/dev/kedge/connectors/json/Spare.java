// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Memory that serves one record after the other. Safe for several threads; it is kept for one of
 * them.
 *
 * @param <T> the memory
 */
final class Spare<T> {
    private final Supplier<T> maker;
    private final AtomicReference<T> kept = new AtomicReference<>();

    /** Keeps nothing yet. */
    Spare(Supplier<T> maker) {
        this.maker = maker;
    }

    /** What is kept, or new memory. */
    T take() {
        T taken = kept.getAndSet(null);
        return taken == null ? maker.get() : taken;
    }

    /** Keeps memory for whoever comes next. */
    void give(T memory) {
        kept.set(memory);
    }
}
