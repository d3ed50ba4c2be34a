// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kedge.tests.security.Listeners.Address;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What a piece of work in this process listened on, looked at every few milliseconds.
 *
 * @param looks on how many looks each address was seen
 * @param result what came of the work
 */
public record Listening<T>(Map<Address, Integer> looks, T result) {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(20);

    /** Seen on so many looks, an address is there to stay and not on its way in or out. */
    private static final int STAYS = 25;

    /** Does it and looks meanwhile; what listened before does not count. */
    public static <T> Listening<T> during(Supplier<T> work) {
        assumeThat(Listeners.known()).as("only Linux says what a process listens on").isTrue();
        Set<Address> before = Listeners.ofThisProcess();
        Map<Address, Integer> looks = new HashMap<>();
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work);
        while (!result.isDone()) {
            Listeners.ofThisProcess().stream()
                    .filter(address -> !before.contains(address))
                    .forEach(address -> looks.merge(address, 1, Integer::sum));
            LockSupport.parkNanos(EVERY);
        }
        return new Listening<>(looks, result.join());
    }

    /** Nobody outside this machine could connect, not even for a moment. */
    public Listening<T> isOnLoopbackOnly() {
        assertThat(looks.keySet()).as("addresses").allMatch(Address::loopback);
        return this;
    }

    /** So many addresses stayed. */
    public Listening<T> stays(int addresses) {
        assertThat(looks.values().stream().filter(seen -> seen >= STAYS))
                .as("addresses that stayed: %s", this)
                .hasSize(addresses);
        return this;
    }

    @Override
    public String toString() {
        return looks.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(seen -> seen.getKey() + " seen " + seen.getValue() + " times")
                .toList()
                .toString();
    }
}
