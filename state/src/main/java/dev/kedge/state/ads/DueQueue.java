// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Creatives in the order of a moment of each, then of their names. Kept in buckets of an hour, each
 * a part of its own that is read when it is needed: neither the first creative nor a change takes
 * the whole queue. How many are in which bucket is written by whoever owns the queue. Not
 * thread-safe.
 *
 * <p>Binary format of a bucket, version 1, family {@link Family#DUE}: count; for each creative in
 * order its moment, epoch milliseconds, and its name.
 */
final class DueQueue {
    private static final int VERSION = 1;
    private static final long HOUR = 3_600_000;
    private static final long BYTES_OF_ONE = 120;
    private static final Comparator<Due> BY_TIME =
            Comparator.comparingLong(Due::at).thenComparing(Due::creative);

    private final PartStore source;
    private final PartFamily<Long> parts;
    private final TreeMap<Long, Integer> counts = new TreeMap<>();
    private final TreeMap<Long, SortedSet<Due>> read = new TreeMap<>();
    private Optional<Due> head = Optional.empty();
    private int size;
    private int held;

    /**
     * A creative and its moment.
     *
     * @param at epoch milliseconds
     */
    record Due(long at, String creative) {}

    /**
     * Starts empty.
     *
     * @param prefix begins the names of its parts
     * @param source has the buckets that are not read yet
     */
    DueQueue(String prefix, PartStore source) {
        this.source = source;
        this.parts = PartFamily.numbered(prefix);
    }

    int size() {
        return size;
    }

    void add(long at, String creative) {
        long bucket = bucket(at);
        Due due = new Due(at, creative);
        if (counts.containsKey(bucket)) {
            due(bucket).add(due);
        } else {
            TreeSet<Due> first = new TreeSet<>(BY_TIME);
            first.add(due);
            read.put(bucket, first);
        }
        head = head.filter(first -> BY_TIME.compare(first, due) < 0);
        count(bucket, 1);
        held++;
    }

    void remove(long at, String creative) {
        long bucket = bucket(at);
        Due due = new Due(at, creative);
        boolean there = counts.containsKey(bucket) && due(bucket).remove(due);
        if (!there) {
            throw new DamagedSnapshotException(
                    format("part '%s': '%s' is gone", parts.name(bucket), creative));
        }
        head = head.filter(first -> !first.equals(due));
        count(bucket, -1);
        held--;
    }

    private void count(long bucket, int change) {
        size += change;
        parts.touch(bucket);
        if (counts.merge(bucket, change, Integer::sum) == 0) {
            counts.remove(bucket);
            read.remove(bucket);
        }
    }

    private static long bucket(long at) {
        return Math.floorDiv(at, HOUR);
    }

    /**
     * The first creative, if its moment is at or before another. Every event asks for it: it is
     * found once, and again when it may be another.
     */
    Optional<Due> first(long until) {
        if (head.isEmpty()) {
            if (counts.isEmpty() || counts.firstKey() > bucket(until)) {
                return Optional.empty();
            }
            head = Optional.of(due(counts.firstKey()).first());
        }
        return head.orElseThrow().at() <= until ? head : Optional.empty();
    }

    /** All of them in order. Buckets that were not read before are not kept. */
    Stream<Due> all() {
        return counts.keySet().stream()
                .flatMap(
                        bucket ->
                                read.containsKey(bucket)
                                        ? read.get(bucket).stream()
                                        : stored(bucket).stream());
    }

    /** Reads what is not read yet. */
    void readAll() {
        counts.keySet().forEach(this::due);
    }

    private SortedSet<Due> due(long bucket) {
        SortedSet<Due> known = read.get(bucket);
        if (known != null) {
            return known;
        }
        SortedSet<Due> stored = stored(bucket);
        read.put(bucket, stored);
        held += stored.size();
        return stored;
    }

    private SortedSet<Due> stored(long bucket) {
        String part = parts.name(bucket);
        byte[] bytes =
                source.get(part)
                        .orElseThrow(
                                () -> new DamagedSnapshotException("part '" + part + "' is gone"));
        BinaryReader in = Envelope.open(bytes, Family.DUE, VERSION);
        TreeSet<Due> due = new TreeSet<>(BY_TIME);
        for (int left = in.getCount(); left > 0; left--) {
            due.add(new Due(in.getLong(), in.getUtf8()));
        }
        in.requireEnd();
        if (due.size() != counts.get(bucket)
                || due.stream().anyMatch(d -> bucket(d.at()) != bucket)) {
            throw new DamagedSnapshotException(
                    format("part '%s' does not hold its %d creatives", part, counts.get(bucket)));
        }
        return due;
    }

    /** Lets go what can be read again, if more than so many creatives are held. */
    void trim(int most) {
        if (held > most) {
            read.entrySet()
                    .removeIf(
                            bucket -> {
                                boolean goes = !parts.isUnwritten(bucket.getKey());
                                held -= goes ? bucket.getValue().size() : 0;
                                return goes;
                            });
        }
    }

    /** Heap bytes, roughly. */
    long bytes() {
        return BYTES_OF_ONE * held + 64L * counts.size();
    }

    /** Writes the buckets that changed. */
    void flush(PartStore store) {
        parts.flush(store, this::toBytes);
    }

    private Optional<byte[]> toBytes(long bucket) {
        if (!counts.containsKey(bucket)) {
            return Optional.empty();
        }
        SortedSet<Due> due = due(bucket);
        BinaryWriter out = new BinaryWriter(32 * due.size());
        out.putInt(due.size());
        for (Due one : due) {
            out.putLong(one.at());
            out.putUtf8(one.creative());
        }
        return Optional.of(Envelope.seal(Family.DUE, VERSION, out));
    }

    /** Removes the parts of a queue that is to be made anew. */
    void removeStored(String prefix) {
        for (String part : source.names(prefix)) {
            parts.touch(Long.parseUnsignedLong(part.substring(prefix.length()), 16));
        }
    }

    /** Writes how many are in which bucket. */
    void writeCounts(BinaryWriter out) {
        out.putInt(counts.size());
        for (Map.Entry<Long, Integer> bucket : counts.entrySet()) {
            out.putLong(bucket.getKey());
            out.putInt(bucket.getValue());
        }
    }

    /** Reads back what {@link #writeCounts} wrote. */
    void readCounts(BinaryReader in) {
        for (int left = in.getCount(); left > 0; left--) {
            long bucket = in.getLong();
            int count = in.getInt();
            boolean fits = count >= 1 && count <= Integer.MAX_VALUE - size;
            if (!fits || counts.put(bucket, count) != null) {
                throw new DamagedSnapshotException(
                        format("%d creatives in bucket %d", count, bucket));
            }
            size += count;
        }
    }
}
