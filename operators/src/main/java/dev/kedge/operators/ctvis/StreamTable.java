// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ctvis;

import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Family;
import dev.kedge.state.binary.Frame;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The streams of a model, bounded in their number: the one unseen for most frames gives way. The
 * parts of a stream begin with its ordinal, which is never given twice, so that no name of a stream
 * can be mistaken for another's. Not thread-safe.
 */
final class StreamTable {
    private static final int VERSION = 1;
    private static final String HEAD = "tracking";
    private static final String STREAM = "stream/";

    private final TrackingSettings settings;
    private final BankSettings bank;
    private final SortedMap<String, TrackedStream> streams = new TreeMap<>();
    private final List<String> gone = new ArrayList<>();
    private long opened;
    private long frames;
    private boolean changed = true;

    private StreamTable(TrackingSettings settings, BankSettings bank) {
        this.settings = settings;
        this.bank = bank;
    }

    /** Reads the streams back, or starts without any if the store has none. */
    static StreamTable restored(TrackingSettings settings, BankSettings bank, PartStore store) {
        StreamTable table = new StreamTable(settings, bank);
        Optional<byte[]> head = store.get(HEAD);
        head.ifPresent(bytes -> table.restore(bytes, store));
        return table;
    }

    private void restore(byte[] bytes, PartStore store) {
        BinaryReader in = Frame.open(bytes, Family.TRACKING, VERSION);
        opened = in.getLong();
        frames = in.getLong();
        in.requireEnd();
        changed = false;
        for (String part : store.names(STREAM)) {
            if (TrackedStream.isHead(part)) {
                TrackedStream stream =
                        TrackedStream.restored(
                                TrackedStream.prefixOfHead(part), settings, bank, store);
                streams.put(stream.name(), stream);
            }
        }
        while (streams.size() > settings.bounds().streams()) {
            evict();
        }
    }

    /** A stream that is known. */
    Optional<TrackedStream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** A stream, opened if it is not known. */
    TrackedStream open(String name) {
        TrackedStream known = streams.get(name);
        if (known != null) {
            return known;
        }
        if (streams.size() == settings.bounds().streams()) {
            evict();
        }
        String prefix = "%s%016x/".formatted(STREAM, opened++);
        TrackedStream stream = new TrackedStream(name, prefix, settings, bank);
        streams.put(name, stream);
        changed = true;
        return stream;
    }

    private void evict() {
        TrackedStream longest = streams.get(streams.firstKey());
        for (TrackedStream stream : streams.values()) {
            if (stream.lastSeen() < longest.lastSeen()) {
                longest = stream;
            }
        }
        forget(longest.name());
    }

    /** Removes a stream, if it is known. */
    void forget(String name) {
        TrackedStream stream = streams.remove(name);
        if (stream != null) {
            gone.add(stream.prefix());
            changed = true;
        }
    }

    /** Counts a frame: the moment of its stream. */
    long nextFrame() {
        changed = true;
        return ++frames;
    }

    int size() {
        return streams.size();
    }

    long bytes() {
        long sum = 0;
        for (TrackedStream stream : streams.values()) {
            sum += stream.bytes();
        }
        return sum;
    }

    void flush(PartStore store) {
        for (String prefix : gone) {
            for (String part : store.names(prefix)) {
                store.remove(part);
            }
        }
        gone.clear();
        for (TrackedStream stream : streams.values()) {
            stream.flush(store);
        }
        if (changed) {
            BinaryWriter out = new BinaryWriter(32);
            out.putLong(opened);
            out.putLong(frames);
            store.put(HEAD, Frame.seal(Family.TRACKING, VERSION, out));
            changed = false;
        }
    }
}
