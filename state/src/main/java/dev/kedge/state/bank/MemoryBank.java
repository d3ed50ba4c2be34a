// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.bank;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * What one stream remembers of the instances that it has shown: an entry for each, in the order of
 * their numbers. Bounded in instances, in history and in age (specs/ctvis.md); the authors' program
 * bounds the history only. Each entry is a part of its own, so that a checkpoint carries only those
 * that changed. Not thread-safe.
 */
public final class MemoryBank {
    private static final int VERSION = 1;
    private static final String HEAD = "bank";
    private static final String ENTRY = "bank/entry/";

    private final BankSettings settings;
    private final String prefix;
    private final List<BankEntry> entries = new ArrayList<>();
    private final PartFamily<Long> parts;
    private final double[] incoming;
    private final BankImages images;
    private long nextId;
    private long evicted;
    private long indexed;
    private int generation;
    private final Part head;

    /**
     * Starts empty.
     *
     * @param prefix begins the names of its parts
     */
    public MemoryBank(BankSettings settings, String prefix) {
        this.settings = settings;
        this.prefix = prefix;
        head = Part.of(prefix + HEAD);
        parts = PartFamily.numbered(prefix + ENTRY);
        incoming = new double[settings.width()];
        images = new BankImages(prefix, settings.width());
    }

    /**
     * Reads a bank back, or starts empty if the store has none. Where the settings' bounds are
     * tighter than those that were written, the longest unseen instances and the oldest embeddings
     * go.
     *
     * @throws IncompatibleLayoutException if embeddings of another width, or averages of another
     *     kind, were written
     */
    public static MemoryBank restored(BankSettings settings, String prefix, PartStore store) {
        MemoryBank bank = new MemoryBank(settings, prefix);
        bank.head.restore(store, bytes -> bank.restore(bytes, store));
        return bank;
    }

    private void restore(byte[] bytes, PartStore store) {
        BinaryReader in = Envelope.open(bytes, Family.MEMORY_BANK, VERSION);
        int width = in.getInt();
        boolean fixed = in.getBoolean();
        double momentum = in.getDouble();
        nextId = in.getLong();
        evicted = in.getLong();
        indexed = in.getLong();
        in.requireEnd();
        require(width == settings.width(), "bank.width", width, settings.width());
        require(fixed == fixed(), "bank.read-out of fixed momentum", fixed, fixed());
        require(momentum == momentum(), "bank.momentum", momentum, momentum());
        for (Map.Entry<String, byte[]> part : store.parts(prefix + ENTRY).entrySet()) {
            BankEntry entry = BankEntry.fromBytes(part.getValue(), settings);
            if (entry.id() >= nextId || (!entries.isEmpty() && entry.id() <= last().id())) {
                throw new DamagedSnapshotException(
                        format(
                                "entry %d in part %s, where %d comes next",
                                entry.id(), part.getKey(), nextId));
            }
            entries.add(entry);
            if (entry.shortened()) {
                parts.touch(entry.id());
            }
        }
        images.restore(store);
        while (entries.size() > settings.instances()) {
            evict();
        }
    }

    private static void require(boolean holds, String field, Object stored, Object wanted) {
        if (!holds) {
            throw new IncompatibleLayoutException(
                    format("%s: the snapshot's is %s, the job's %s", field, stored, wanted));
        }
    }

    private boolean fixed() {
        return settings.readOut() == ReadOut.FIXED_MOMENTUM;
    }

    /** What an average was made with: of no meaning for the similarity-guided one. */
    private double momentum() {
        return fixed() ? settings.momentum() : 0;
    }

    private BankEntry last() {
        return entries.get(entries.size() - 1);
    }

    /** The settings. */
    public BankSettings settings() {
        return settings;
    }

    /** Number of instances. */
    public int size() {
        return entries.size();
    }

    /** The entry at a place from 0 to {@code size() - 1}, in the order of their numbers. */
    public BankEntry get(int place) {
        return entries.get(place);
    }

    /** The place of an instance, or -1 if it is not in the bank. */
    public int place(long id) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long at = entries.get(middle).id();
            if (at == id) {
                return middle;
            }
            if (at < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The number that the next new instance will have. */
    public long nextId() {
        return nextId;
    }

    /** How many instances gave way to new ones although they were not dead. */
    public long evicted() {
        return evicted;
    }

    /**
     * Takes a sighting of a known instance.
     *
     * @param place its place
     * @param frame number of the frame
     * @param embeddings rows of embeddings
     * @param row the sighting's
     * @param score the detection's score, at least 0
     * @param label its class, or empty
     */
    public void see(
            int place, long frame, double[] embeddings, int row, double score, String label) {
        System.arraycopy(embeddings, row * incoming.length, incoming, 0, incoming.length);
        BankEntry entry = entries.get(place);
        if (entry.id() < indexed) {
            images.keep(entry.id(), entry.readOut());
        }
        entry.see(frame, incoming, score, label);
        parts.touch(entry.id());
    }

    /**
     * Takes the first sighting of an instance; in a full bank, the longest unseen one gives way.
     *
     * @param frame number of the frame
     * @param embeddings rows of embeddings
     * @param row the sighting's
     * @param score the detection's score, at least 0
     * @param label its class, or empty
     * @return the instance's number
     */
    public long add(long frame, double[] embeddings, int row, double score, String label) {
        if (entries.size() == settings.instances()) {
            evict();
        }
        entries.add(new BankEntry(settings, nextId));
        see(entries.size() - 1, frame, embeddings, row, score, label);
        head.touch();
        return nextId++;
    }

    /** Of those unseen as long, the one that came first goes. */
    private void evict() {
        int longest = 0;
        for (int place = 1; place < entries.size(); place++) {
            if (entries.get(place).lastFrame() < entries.get(longest).lastFrame()) {
                longest = place;
            }
        }
        remove(entries.remove(longest));
        evicted++;
        head.touch();
    }

    /** Removes the instances that are dead by a frame. */
    public void expire(long frame) {
        forget(entry -> frame - entry.lastFrame() > settings.deadFrames());
    }

    /** Removes instances; their numbers are not given again. */
    public void forget(Predicate<BankEntry> forgotten) {
        entries.removeIf(
                entry -> {
                    boolean goes = forgotten.test(entry);
                    if (goes) {
                        remove(entry);
                    }
                    return goes;
                });
    }

    /** Forgets the instance at a place. */
    public void forget(int place) {
        remove(entries.remove(place));
    }

    private void remove(BankEntry entry) {
        if (entry.id() < indexed) {
            images.keep(entry.id(), entry.readOut());
        }
        parts.touch(entry.id());
    }

    /**
     * Says that a search index of all entries as they are is built now. From here on the bank keeps
     * what the index was built from, so that {@link #forEachIndexed} gives the same vectors in the
     * same order at any later time, restored or not, until the next call.
     */
    public void index() {
        images.clear();
        indexed = nextId;
        generation++;
        head.touch();
    }

    /** Says that the search index is of no more use. */
    public void dropIndex() {
        if (indexed > 0) {
            images.clear();
            indexed = 0;
            generation++;
            head.touch();
        }
    }

    /** Whether there is a search index. */
    public boolean isIndexed() {
        return indexed > 0;
    }

    /** Counts the changes of the index since this object was made; no part of the bank's state. */
    public int generation() {
        return generation;
    }

    /** How many entries came, changed or went since the index was built. */
    public int stale() {
        return images.size() + entries.size() - firstNew();
    }

    /** Whether an entry stands in the index as it is. */
    public boolean isIndexed(int place) {
        long id = entries.get(place).id();
        return id < indexed && !images.has(id);
    }

    /** Place of the first entry that came after the index was built. */
    private int firstNew() {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).id() < indexed) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Gives the entries that do not stand in the index as they are, by their places in order. */
    public void forEachUnindexed(IntConsumer action) {
        int firstNew = firstNew();
        for (long id : images.all().keySet()) {
            int place = place(id);
            if (place >= 0) {
                action.accept(place);
            }
        }
        for (int place = firstNew; place < entries.size(); place++) {
            action.accept(place);
        }
    }

    /** Gives all that the index is built from, in the order of the instances' numbers. */
    public void forEachIndexed(Indexed action) {
        Iterator<Map.Entry<Long, double[]>> changedOnes = images.all().entrySet().iterator();
        Map.Entry<Long, double[]> image = next(changedOnes);
        for (int place = 0; place < firstNew(); place++) {
            BankEntry entry = entries.get(place);
            while (image.getKey() < entry.id()) {
                action.accept(image.getKey(), image.getValue());
                image = next(changedOnes);
            }
            boolean isImage = image.getKey() == entry.id();
            action.accept(entry.id(), isImage ? image.getValue() : entry.readOut());
            if (isImage) {
                image = next(changedOnes);
            }
        }
        while (image.getKey() < Long.MAX_VALUE) {
            action.accept(image.getKey(), image.getValue());
            image = next(changedOnes);
        }
    }

    /** The next image, or one past the end. */
    private static Map.Entry<Long, double[]> next(Iterator<Map.Entry<Long, double[]>> images) {
        return images.hasNext() ? images.next() : Map.entry(Long.MAX_VALUE, new double[0]);
    }

    /** Takes what an index is built from. */
    @FunctionalInterface
    public interface Indexed {
        /** Takes an instance's number and the vector by which it stands in the index. */
        void accept(long id, double[] vector);
    }

    /** Heap bytes, roughly. */
    public long bytes() {
        return 256
                + entries.size() * BankEntry.bytes(settings)
                + images.size() * (64 + 8L * settings.width());
    }

    /** Writes what changed since the last call. */
    public void flush(PartStore store) {
        parts.flush(store, this::entry);
        images.flush(store);
        head.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64);
        out.putInt(settings.width());
        out.putBoolean(fixed());
        out.putDouble(momentum());
        out.putLong(nextId);
        out.putLong(evicted);
        out.putLong(indexed);
        return Envelope.seal(Family.MEMORY_BANK, VERSION, out);
    }

    private Optional<byte[]> entry(long id) {
        int place = place(id);
        return place < 0 ? Optional.empty() : Optional.of(entries.get(place).toBytes());
    }
}
