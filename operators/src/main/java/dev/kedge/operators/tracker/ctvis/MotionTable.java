// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the instances of a stream's bank move, in the order of their numbers. Each is a part of its
 * own, so that a checkpoint carries only those that were seen. Not thread-safe.
 */
final class MotionTable {
    private static final String INSTANCE = "motion/";
    private static final long BYTES = 384;

    private final List<ConstantVelocity> instances = new ArrayList<>();
    private final PartFamily<Long> parts;

    /**
     * Starts empty.
     *
     * @param prefix begins the names of its parts
     */
    MotionTable(String prefix) {
        parts = PartFamily.numbered(prefix + INSTANCE);
    }

    /** Reads a table back, or starts empty if the store has none. */
    static MotionTable restored(String prefix, PartStore store) {
        MotionTable table = new MotionTable(prefix);
        for (byte[] bytes : store.parts(prefix + INSTANCE).values()) {
            table.instances.add(ConstantVelocity.fromBytes(bytes));
        }
        return table;
    }

    /** How an instance moves, if it was seen with a box. */
    Optional<ConstantVelocity> of(long id) {
        int at = at(id);
        return at < 0 ? Optional.empty() : Optional.of(instances.get(at));
    }

    /** Takes a sighting; one that leads beyond all numbers is the first of its instance. */
    void see(long id, long frame, Box box) {
        int at = at(id);
        if (at >= 0) {
            instances.get(at).see(frame, box);
        }
        if (at < 0 || !instances.get(at).isFinite()) {
            begin(at, ConstantVelocity.of(id, frame, box));
        }
        parts.touch(id);
    }

    private void begin(int at, ConstantVelocity first) {
        if (at >= 0) {
            instances.remove(at);
        }
        if (first.isFinite()) {
            instances.add(at >= 0 ? at : -1 - at, first);
        }
    }

    /** Forgets the instances that a bank does not have. */
    void keep(MemoryBank bank) {
        instances.removeIf(
                instance -> {
                    boolean goes = bank.place(instance.id()) < 0;
                    if (goes) {
                        parts.touch(instance.id());
                    }
                    return goes;
                });
    }

    /** Forgets all. */
    void clear() {
        instances.forEach(instance -> parts.touch(instance.id()));
        instances.clear();
    }

    /** Where an instance stands, or -1 less where it would. */
    private int at(long id) {
        int low = 0;
        int high = instances.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (instances.get(middle).id() < id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < instances.size() && instances.get(low).id() == id ? low : -1 - low;
    }

    /** Heap bytes, roughly. */
    long bytes() {
        return instances.size() * BYTES;
    }

    /** Writes what changed since the last call. */
    void flush(PartStore store) {
        parts.flush(store, id -> of(id).map(ConstantVelocity::toBytes));
    }
}
