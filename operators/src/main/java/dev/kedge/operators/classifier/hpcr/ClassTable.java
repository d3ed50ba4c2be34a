// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a model in the order in which they came. An index is never used again, not even
 * after its class was forgotten.
 */
final class ClassTable {
    private static final int VERSION = 1;
    static final String PART = "classes";

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> indices = new HashMap<>();
    private final Part part = Part.of(PART);

    private static final class Entry {
        private final String label;
        private final long appeared;
        private long learned;
        private boolean forgotten;

        private Entry(String label, long appeared) {
            this.label = label;
            this.appeared = appeared;
        }
    }

    /** Reads a table back, or starts empty if the store has none. */
    static ClassTable restored(PartStore store) {
        ClassTable table = new ClassTable();
        table.part.restore(store, table::read);
        return table;
    }

    int size() {
        return entries.size();
    }

    /** Index of a label, or -1. */
    int index(String label) {
        return indices.getOrDefault(label, -1);
    }

    String label(int c) {
        return entries.get(c).label;
    }

    /** Adds a label; returns its index. */
    int add(String label, long batch) {
        indices.put(label, entries.size());
        entries.add(new Entry(label, batch));
        part.touch();
        return entries.size() - 1;
    }

    /** In which batch a class appeared. */
    long appeared(int c) {
        return entries.get(c).appeared;
    }

    /** How many samples of a class were learned. */
    long learned(int c) {
        return entries.get(c).learned;
    }

    /** Whether a class may be an answer. */
    boolean seen(int c) {
        return entries.get(c).learned > 0;
    }

    boolean forgotten(int c) {
        return entries.get(c).forgotten;
    }

    void learn(int c) {
        entries.get(c).learned++;
        part.touch();
    }

    void forget(int c) {
        Entry old = entries.get(c);
        indices.remove(old.label);
        Entry forgotten = new Entry("", old.appeared);
        forgotten.forgotten = true;
        entries.set(c, forgotten);
        part.touch();
    }

    /** Samples that a class has learned on average, over classes that have any. */
    double meanLearned() {
        long sum = 0;
        int classes = 0;
        for (Entry entry : entries) {
            sum += entry.learned;
            classes += entry.learned > 0 ? 1 : 0;
        }
        return classes == 0 ? 0 : (double) sum / classes;
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64);
        out.putInt(entries.size());
        for (Entry entry : entries) {
            out.putUtf8(entry.label);
            out.putLong(entry.appeared);
            out.putLong(entry.learned);
            out.putBoolean(entry.forgotten);
        }
        return Envelope.seal(Family.CLASSES, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.CLASSES, VERSION);
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            Entry entry = new Entry(in.getUtf8(), in.getLong());
            entry.learned = in.getLong();
            entry.forgotten = in.getBoolean();
            if (!entry.forgotten) {
                indices.put(entry.label, i);
            }
            entries.add(entry);
        }
        in.requireEnd();
    }
}
