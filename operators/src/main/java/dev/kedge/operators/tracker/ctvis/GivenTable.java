// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the instances of a stream's bank look by the embeddings that they came with. Each is a part
 * of its own, so that a checkpoint carries only those that were seen. Not thread-safe.
 */
final class GivenTable {
    private static final String INSTANCE = "given/";
    private static final long BYTES = 96;

    private final TreeMap<Long, GivenLook> instances = new TreeMap<>();
    private final PartFamily<Long> parts;
    private double[] cosines = {};

    /**
     * Starts empty.
     *
     * @param prefix begins the names of its parts
     */
    GivenTable(String prefix) {
        parts = PartFamily.numbered(prefix + INSTANCE);
    }

    /** Reads a table back, or starts empty if the store has none. */
    static GivenTable restored(String prefix, PartStore store) {
        GivenTable table = new GivenTable(prefix);
        for (byte[] bytes : store.parts(prefix + INSTANCE).values()) {
            GivenLook look = GivenLook.fromBytes(bytes);
            table.instances.put(look.id(), look);
        }
        return table;
    }

    /** How an instance looks, if it was seen since this is kept. */
    Optional<GivenLook> of(long id) {
        return Optional.ofNullable(instances.get(id));
    }

    /**
     * Cosines of a frame's detections and a bank's entries.
     *
     * @param given rows of embeddings of this width
     * @param rows the detections' rows
     * @param places the entries' places in the bank
     * @return rows x places and more, valid until the next call; not a number for an entry that is
     *     not known here
     */
    double[] cosines(double[] given, int width, int[] rows, MemoryBank bank, int[] places) {
        int columns = places.length;
        if (cosines.length < rows.length * columns) {
            cosines = new double[2 * rows.length * columns];
        }
        for (int j = 0; j < columns; j++) {
            GivenLook look = instances.get(bank.get(places[j]).id());
            boolean comparable = look != null && look.width() == width;
            for (int i = 0; i < rows.length; i++) {
                cosines[i * columns + j] =
                        comparable ? look.cosine(given, rows[i] * width) : Double.NaN;
            }
        }
        return cosines;
    }

    /** Takes a sighting. */
    void see(long id, double[] given, int row, int width) {
        GivenLook look = instances.get(id);
        if (look == null || look.width() != width) {
            instances.put(id, GivenLook.of(id, given, row * width, width));
        } else {
            look.see(given, row * width);
        }
        parts.touch(id);
    }

    /** Forgets the instances that a bank does not have. */
    void keep(MemoryBank bank) {
        instances
                .keySet()
                .removeIf(
                        id -> {
                            boolean goes = bank.place(id) < 0;
                            if (goes) {
                                parts.touch(id);
                            }
                            return goes;
                        });
    }

    /** Forgets all. */
    void clear() {
        instances.keySet().forEach(parts::touch);
        instances.clear();
    }

    /** Heap bytes, roughly. */
    long bytes() {
        return instances.values().stream().mapToLong(look -> BYTES + 8L * look.width()).sum();
    }

    /** Writes what changed since the last call. */
    void flush(PartStore store) {
        parts.flush(store, id -> of(id).map(GivenLook::toBytes));
    }
}
