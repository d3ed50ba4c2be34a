// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest ids of samples that wait for nothing more, and why: by these a record that comes again
 * is known. Bounded by their number; part of a model's state.
 *
 * <p>Binary format, version 1, family {@link Family#RECENT_IDS}: number of ids; for each, oldest
 * first, the id and whether its label came (0 or 1).
 */
final class RecentIds {
    private static final int VERSION = 1;
    private static final String PART = "recent";

    private final int capacity;
    private final Map<String, Outcome> ids = new LinkedHashMap<>();
    private final Part part = Part.of(PART);

    /** What became of a sample. */
    enum Outcome {
        /** Its label came. */
        LABELLED,
        /** It waited in vain, or had to be forgotten. */
        GONE
    }

    private RecentIds(int capacity) {
        this.capacity = capacity;
    }

    static RecentIds restored(int capacity, PartStore store) {
        RecentIds recent = new RecentIds(capacity);
        recent.part.restore(store, recent::read);
        return recent;
    }

    Optional<Outcome> find(String id) {
        return Optional.ofNullable(ids.get(id));
    }

    void add(String id, Outcome outcome) {
        ids.put(id, outcome);
        shrink();
        part.touch();
    }

    private void shrink() {
        Iterator<String> oldest = ids.keySet().iterator();
        while (ids.size() > capacity) {
            oldest.next();
            oldest.remove();
        }
    }

    long bytes() {
        return 128L * ids.size();
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(32 * ids.size());
        out.putInt(ids.size());
        ids.forEach(
                (id, outcome) -> {
                    out.putUtf8(id);
                    out.putBoolean(outcome == Outcome.LABELLED);
                });
        return Envelope.seal(Family.RECENT_IDS, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.RECENT_IDS, VERSION);
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            ids.put(in.getUtf8(), in.getBoolean() ? Outcome.LABELLED : Outcome.GONE);
        }
        in.requireEnd();
        part.touchIf(ids.size() > capacity);
        shrink();
    }
}
