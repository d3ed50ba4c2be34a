// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.bank;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The vectors by which instances that changed or went since a search index was built stand in that
 * index. With them the index can be built again exactly as it was, at any later time.
 */
final class BankImages {
    private static final int VERSION = 1;
    private static final String IMAGE = "bank/image/";

    private final String prefix;
    private final PartFamily<Long> parts;
    private final int width;
    private final SortedMap<Long, double[]> images = new TreeMap<>();

    BankImages(String prefix, int width) {
        this.prefix = prefix + IMAGE;
        parts = PartFamily.numbered(this.prefix);
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
            parts.touch(id);
        }
    }

    void clear() {
        images.keySet().forEach(parts::touch);
        images.clear();
    }

    void restore(PartStore store) {
        for (byte[] part : store.parts(prefix).values()) {
            BinaryReader in = Envelope.open(part, Family.BANK_IMAGE, VERSION);
            long id = in.getLong();
            double[] vector = in.getDoubles();
            in.requireEnd();
            if (vector.length != width) {
                throw new DamagedSnapshotException(
                        format("an image has %d values, wanted %d", vector.length, width));
            }
            images.put(id, vector);
        }
    }

    void flush(PartStore store) {
        parts.flush(store, id -> Optional.ofNullable(images.get(id)).map(v -> toBytes(id, v)));
    }

    private byte[] toBytes(long id, double[] vector) {
        BinaryWriter out = new BinaryWriter(32 + 8 * width);
        out.putLong(id);
        out.putDoubles(vector);
        return Envelope.seal(Family.BANK_IMAGE, VERSION, out);
    }
}
