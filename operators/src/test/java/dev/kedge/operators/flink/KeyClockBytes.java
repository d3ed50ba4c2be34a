// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.state.part.MemoryPartStore;
import java.util.List;

/** The stored form of a key's clock, for the tests of all stored forms. */
public final class KeyClockBytes {
    private KeyClockBytes() {}

    /** A clock at 5 whose timer waits and that obeyed command 7. */
    public static byte[] write() {
        KeyClock clock = new KeyClock();
        clock.see(5);
        clock.timer(true);
        clock.obey(7);
        MemoryPartStore store = new MemoryPartStore();
        clock.flush(store);
        return store.get(KeyClock.PART).orElseThrow();
    }

    /** What the bytes say. */
    public static List<Object> read(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(KeyClock.PART, bytes);
        KeyClock clock = KeyClock.restored(store);
        return List.of(clock.newest(), clock.hasTimer(), clock.obeyed());
    }
}
