// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What waits for its other half, by id and by age. Each is a part of its own, so that a checkpoint
 * carries only those that came or went. Not thread-safe.
 *
 * @param <T> what waits
 */
final class WaitingRoom<T extends WaitingRoom.Guest> {
    private static final Comparator<Guest> BY_AGE =
            Comparator.comparingLong(Guest::at).thenComparingLong(Guest::arrival);

    private final Map<String, T> guests = new HashMap<>();
    private final TreeSet<T> byAge = new TreeSet<>(BY_AGE);
    private final PartFamily<String> parts;
    private long bytes;

    /** Something that waits. */
    interface Guest {
        /** The sample's id. */
        String id();

        /** Event time, epoch milliseconds. */
        long at();

        /** Its number in the order of arrival: no two have the same. */
        long arrival();

        /** Heap bytes, roughly. */
        long bytes();

        /** Writes it. */
        byte[] toBytes();
    }

    private WaitingRoom(String prefix) {
        parts = PartFamily.named(prefix);
    }

    /** Reads those back whose parts begin with a prefix. */
    static <T extends Guest> WaitingRoom<T> restored(
            String prefix, Function<byte[], T> reader, PartStore store) {
        WaitingRoom<T> room = new WaitingRoom<>(prefix);
        for (byte[] part : store.parts(prefix).values()) {
            room.enter(reader.apply(part));
        }
        return room;
    }

    int size() {
        return guests.size();
    }

    boolean has(String id) {
        return guests.containsKey(id);
    }

    /** The one of the oldest event time; of those, the one that came first. */
    Optional<T> oldest() {
        return byAge.isEmpty() ? Optional.empty() : Optional.of(byAge.first());
    }

    /** The one of the oldest event time, if that is at or before a moment. */
    Optional<T> oldestUntil(long at) {
        return oldest().filter(guest -> guest.at() <= at);
    }

    void add(T guest) {
        enter(guest);
        parts.touch(guest.id());
    }

    Optional<T> remove(String id) {
        Optional<T> gone = Optional.ofNullable(guests.remove(id));
        gone.ifPresent(
                guest -> {
                    byAge.remove(guest);
                    bytes -= guest.bytes();
                    parts.touch(id);
                });
        return gone;
    }

    /**
     * Removes some.
     *
     * @return their ids, the oldest first
     */
    List<String> removeIf(Predicate<T> leaves) {
        List<String> ids = byAge.stream().filter(leaves).map(Guest::id).toList();
        ids.forEach(this::remove);
        return ids;
    }

    long bytes() {
        return bytes + 160L * guests.size();
    }

    void flush(PartStore store) {
        parts.flush(store, id -> Optional.ofNullable(guests.get(id)).map(Guest::toBytes));
    }

    private void enter(T guest) {
        guests.put(guest.id(), guest);
        byAge.add(guest);
        bytes += guest.bytes();
    }
}
