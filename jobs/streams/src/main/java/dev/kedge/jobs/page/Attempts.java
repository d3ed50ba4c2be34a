// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts wrong tokens by the address that they come from: too many within a minute, and none of it
 * is looked at for the rest of the minute. Bounded: of too many addresses the eldest is forgotten.
 */
final class Attempts {
    static final int MOST = 60;

    private static final int ADDRESSES = 1000;
    private static final long MINUTE = 60_000_000_000L;

    private final LongSupplier nanos;
    private final Map<String, Window> windows = new LinkedHashMap<>();

    private record Window(long since, int wrong) {}

    /**
     * Starts with none.
     *
     * @param nanos tells the time
     */
    Attempts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether an address brought too many wrong tokens. */
    synchronized boolean exhausted(String address) {
        return window(address).wrong() >= MOST;
    }

    /** Counts a wrong token. */
    synchronized void wrong(String address) {
        Window known = window(address);
        windows.put(address, new Window(known.since(), known.wrong() + 1));
        if (windows.size() > ADDRESSES) {
            Iterator<String> eldest = windows.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    private Window window(String address) {
        long now = nanos.getAsLong();
        Window known = windows.get(address);
        if (known != null && now - known.since() < MINUTE) {
            return known;
        }
        windows.remove(address);
        return new Window(now, 0);
    }
}
