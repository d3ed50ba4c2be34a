// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The last frames of a stream, to learn from: each a part of its own, written once. Not
 * thread-safe.
 */
final class ClipMemory {
    private static final int VERSION = 1;
    private static final String FRAME = "clip/";

    private final String prefix;
    private final PartFamily<Long> parts;
    private final int capacity;
    private final List<Remembered> frames = new ArrayList<>();
    private long added;
    private long bytes;

    /** What is remembered of a detection; the arrays are not copied. */
    record Shown(byte[] input, String identity, long track, double confidence) {}

    /** What is remembered of a frame. */
    record Remembered(List<Shown> detections) {
        Remembered {
            detections = List.copyOf(detections);
        }

        long bytes() {
            long sum = 64;
            for (Shown shown : detections) {
                sum += 96 + shown.input().length + 2L * shown.identity().length();
            }
            return sum;
        }

        byte[] toBytes() {
            BinaryWriter out = new BinaryWriter((int) Math.min(bytes(), 1 << 20));
            out.putInt(detections.size());
            for (Shown shown : detections) {
                out.putBytes(shown.input());
                out.putUtf8(shown.identity());
                out.putLong(shown.track());
                out.putDouble(shown.confidence());
            }
            return Envelope.seal(Family.CLIP_FRAME, VERSION, out);
        }

        static Remembered fromBytes(byte[] bytes) {
            BinaryReader in = Envelope.open(bytes, Family.CLIP_FRAME, VERSION);
            int count = in.getCount();
            List<Shown> detections = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                detections.add(
                        new Shown(in.getBytes(), in.getUtf8(), in.getLong(), in.getDouble()));
            }
            in.requireEnd();
            return new Remembered(detections);
        }
    }

    /**
     * Starts empty.
     *
     * @param prefix begins the names of its parts
     * @param capacity most frames; 0 remembers nothing
     */
    ClipMemory(String prefix, int capacity) {
        this.prefix = prefix + FRAME;
        parts = PartFamily.numbered(this.prefix);
        this.capacity = capacity;
    }

    /**
     * Reads a memory back; of more frames than there is room for, the last remain. If a frame does
     * not fit the job any more, all are forgotten.
     *
     * @param count how many frames were added when it was written
     * @param fits whether a frame can still be learned
     */
    static ClipMemory restored(
            String prefix, int capacity, long count, PartStore store, Predicate<Remembered> fits) {
        ClipMemory memory = new ClipMemory(prefix, capacity);
        memory.added = count;
        for (byte[] part : store.parts(memory.prefix).values()) {
            memory.frames.add(Remembered.fromBytes(part));
        }
        // Those that go are removed from the store by the next flush.
        if (!memory.frames.stream().allMatch(fits)) {
            memory.clear();
        }
        for (Remembered frame : memory.frames) {
            memory.bytes += frame.bytes();
        }
        memory.trim();
        return memory;
    }

    void add(Remembered frame) {
        if (capacity > 0) {
            frames.add(frame);
            parts.touch(added++);
            bytes += frame.bytes();
            trim();
        }
    }

    private void trim() {
        while (frames.size() > capacity) {
            parts.touch(first());
            bytes -= frames.remove(0).bytes();
        }
    }

    /** Forgets the frames. */
    void clear() {
        for (long n = first(); n < added; n++) {
            parts.touch(n);
        }
        frames.clear();
        bytes = 0;
    }

    /** The frames, oldest first. */
    List<Remembered> frames() {
        return frames;
    }

    /** How many frames were added. */
    long added() {
        return added;
    }

    /** Heap bytes, roughly. */
    long bytes() {
        return bytes;
    }

    /** Number of the oldest frame that is there. */
    private long first() {
        return added - frames.size();
    }

    void flush(PartStore store) {
        parts.flush(
                store,
                n ->
                        n < first()
                                ? Optional.empty()
                                : Optional.of(frames.get((int) (n - first())).toBytes()));
    }
}
