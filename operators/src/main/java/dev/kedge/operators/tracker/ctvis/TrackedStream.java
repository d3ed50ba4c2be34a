// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.stream.StreamParts;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;

/** What a model remembers of one stream: how far it is, its bank, its last frames. */
final class TrackedStream implements StreamParts.Stream {
    private static final int VERSION = 1;

    private final String name;
    private final String prefix;
    private final MemoryBank bank;
    private final MotionTable motions;
    private final GivenTable given;
    private final BankSearch search;
    private final ClipMemory clip;
    private long lastFrame = Long.MIN_VALUE;
    private long lastSeen;
    private final Part head;

    /** Starts a new stream. */
    TrackedStream(String name, String prefix, TrackingSettings settings, BankSettings bank) {
        this(
                name,
                prefix,
                settings,
                new MemoryBank(bank, prefix),
                new MotionTable(prefix),
                new GivenTable(prefix),
                new ClipMemory(prefix, capacity(settings)));
    }

    private TrackedStream(
            String name,
            String prefix,
            TrackingSettings settings,
            MemoryBank bank,
            MotionTable motions,
            GivenTable given,
            ClipMemory clip) {
        this.name = name;
        this.prefix = prefix;
        this.head = Part.of(StreamParts.head(prefix));
        this.bank = bank;
        this.motions = motions;
        this.given = given;
        this.search = BankSearch.of(settings);
        this.clip = clip;
    }

    private static int capacity(TrackingSettings settings) {
        return settings.learning().learns() ? settings.learning().frames() : 0;
    }

    /** Reads a stream back whose head a store has. */
    static TrackedStream restored(
            String prefix, TrackingSettings settings, BankSettings bank, PartStore store) {
        byte[] head = store.get(StreamParts.head(prefix)).orElseThrow();
        BinaryReader in = Envelope.open(head, Family.FRAME_STREAM, VERSION);
        String name = in.getUtf8();
        long lastFrame = in.getLong();
        long seen = in.getLong();
        long remembered = in.getLong();
        in.requireEnd();
        MemoryBank restored = MemoryBank.restored(bank, prefix, store);
        MotionTable motions = MotionTable.restored(prefix, store);
        motions.keep(restored);
        GivenTable given = GivenTable.restored(prefix, store);
        given.keep(restored);
        int capacity = capacity(settings);
        ClipMemory clip =
                ClipMemory.restored(
                        prefix, capacity, remembered, store, frame -> fits(frame, settings));
        TrackedStream stream =
                new TrackedStream(name, prefix, settings, restored, motions, given, clip);
        stream.lastFrame = lastFrame;
        stream.lastSeen = seen;
        stream.head.restored();
        return stream;
    }

    private static boolean fits(ClipMemory.Remembered frame, TrackingSettings settings) {
        int length = settings.input().form().length(settings.input().width());
        return frame.detections().size() <= settings.bounds().detections()
                && frame.detections().stream().allMatch(d -> d.input().length == length);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String prefix() {
        return prefix;
    }

    MemoryBank bank() {
        return bank;
    }

    MotionTable motions() {
        return motions;
    }

    GivenTable given() {
        return given;
    }

    BankSearch search() {
        return search;
    }

    ClipMemory clip() {
        return clip;
    }

    /** Number of the last frame; the smallest number before the first. */
    long lastFrame() {
        return lastFrame;
    }

    /** When it was last seen, in frames of the whole model. */
    @Override
    public long lastSeen() {
        return lastSeen;
    }

    void see(long frame, long moment) {
        lastFrame = frame;
        lastSeen = moment;
        head.touch();
    }

    @Override
    public long bytes() {
        return 512 + bank.bytes() + motions.bytes() + given.bytes() + clip.bytes() + search.bytes();
    }

    @Override
    public void flush(PartStore store) {
        bank.flush(store);
        motions.flush(store);
        given.flush(store);
        clip.flush(store);
        head.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64);
        out.putUtf8(name);
        out.putLong(lastFrame);
        out.putLong(lastSeen);
        out.putLong(clip.added());
        return Envelope.seal(Family.FRAME_STREAM, VERSION, out);
    }
}
