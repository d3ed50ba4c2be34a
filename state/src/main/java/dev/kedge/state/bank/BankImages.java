// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.bank;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.PartStore;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The vectors by which instances that changed or went since a search index was built stand in that
 * index. With them the index can be built again exactly as it was, at any later time.
 */
final class BankImages {
    private static final int VERSION = 1;
    private static final String IMAGE = "bank/image/";

    private final String prefix;
    private final int width;
    private final SortedMap<Long, double[]> images = new TreeMap<>();
    private final SortedSet<Long> unsaved = new TreeSet<>();
    private final SortedSet<Long> stored = new TreeSet<>();

    BankImages(String prefix, int width) {
        this.prefix = prefix + IMAGE;
        this.width = width;
    }

    SortedMap<Long, double[]> all() {
        return images;
    }

    int size() {
        return images.size();
    }

    boolean has(long id) {
        return images.containsKey(id);
    }

    /** Keeps the vector of an instance that is about to change, unless its image is older. */
    void keep(long id, double[] vector) {
        if (!images.containsKey(id)) {
            images.put(id, vector.clone());
            unsaved.add(id);
        }
    }

    void clear() {
        images.clear();
        unsaved.clear();
    }

    void restore(PartStore store) {
        for (String name : store.names(prefix)) {
            BinaryReader in =
                    Envelope.open(store.get(name).orElseThrow(), Family.BANK_IMAGE, VERSION);
            long id = in.getLong();
            double[] vector = in.getDoubles();
            in.requireEnd();
            if (vector.length != width) {
                throw new DamagedSnapshotException(
                        String.format(
                                Locale.ROOT,
                                "an image has %d values, wanted %d",
                                vector.length,
                                width));
            }
            images.put(id, vector);
            stored.add(id);
        }
    }

    void flush(PartStore store) {
        stored.removeIf(
                id -> {
                    boolean gone = !images.containsKey(id);
                    if (gone) {
                        store.remove(name(id));
                    }
                    return gone;
                });
        for (long id : unsaved) {
            BinaryWriter out = new BinaryWriter(32 + 8 * width);
            out.putLong(id);
            out.putDoubles(images.get(id));
            store.put(name(id), Envelope.seal(Family.BANK_IMAGE, VERSION, out));
        }
        stored.addAll(unsaved);
        unsaved.clear();
    }

    private String name(long id) {
        return String.format(Locale.ROOT, "%s%016x", prefix, id);
    }
}
