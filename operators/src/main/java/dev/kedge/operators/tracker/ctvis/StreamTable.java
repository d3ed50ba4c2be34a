// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.stream.StreamParts;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.Optional;

/**
 * The streams of a model, bounded in their number: the one unseen for most frames gives way. The
 * number of a stream's prefix is its ordinal. Not thread-safe.
 */
final class StreamTable {
    private static final int VERSION = 1;
    private static final String HEAD = "tracking";

    private final TrackingSettings settings;
    private final BankSettings bank;
    private final StreamParts<TrackedStream> streams = new StreamParts<>("stream/");
    private long opened;
    private long frames;
    private final Part part = Part.of(HEAD);

    private StreamTable(TrackingSettings settings, BankSettings bank) {
        this.settings = settings;
        this.bank = bank;
    }

    /** Reads the streams back, or starts without any if the store has none. */
    static StreamTable restored(TrackingSettings settings, BankSettings bank, PartStore store) {
        StreamTable table = new StreamTable(settings, bank);
        table.part.restore(store, bytes -> table.restore(bytes, store));
        return table;
    }

    private void restore(byte[] bytes, PartStore store) {
        BinaryReader in = Envelope.open(bytes, Family.TRACKING, VERSION);
        opened = in.getLong();
        frames = in.getLong();
        in.requireEnd();
        for (String prefix : streams.prefixes(store)) {
            streams.add(TrackedStream.restored(prefix, settings, bank, store));
        }
        while (streams.size() > settings.bounds().streams()) {
            evict();
        }
    }

    /** A stream that is known. */
    Optional<TrackedStream> find(String name) {
        return streams.find(name);
    }

    /** A stream, opened if it is not known. */
    TrackedStream open(String name) {
        return streams.find(name).orElseGet(() -> opened(name));
    }

    private TrackedStream opened(String name) {
        if (streams.size() == settings.bounds().streams()) {
            evict();
        }
        TrackedStream stream = new TrackedStream(name, streams.prefix(opened++), settings, bank);
        streams.add(stream);
        part.touch();
        return stream;
    }

    private void evict() {
        forget(streams.longestUnseen().name());
    }

    /** Removes a stream, if it is known. */
    void forget(String name) {
        part.touchIf(streams.remove(name));
    }

    /** Counts a frame: the moment of its stream. */
    long nextFrame() {
        part.touch();
        return ++frames;
    }

    int size() {
        return streams.size();
    }

    long bytes() {
        return streams.bytes();
    }

    void flush(PartStore store) {
        streams.flush(store);
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(32);
        out.putLong(opened);
        out.putLong(frames);
        return Envelope.seal(Family.TRACKING, VERSION, out);
    }
}
