// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.Arrays;

/**
 * Which frame of a stream was when: frame numbers with their event times, both growing. Bounded:
 * when it is full every second one goes, so that all of the past stays, ever more coarsely.
 */
final class FrameTimes {
    private static final int MAX = 256;

    private final long[] frames = new long[MAX];
    private final long[] times = new long[MAX];
    private int size;
    private long skip = 1;
    private long offered;

    void add(long frame, long at) {
        if (offered++ % skip != 0) {
            return;
        }
        if (size == MAX) {
            for (int i = 0; i < MAX / 2; i++) {
                frames[i] = frames[2 * i];
                times[i] = times[2 * i];
            }
            size = MAX / 2;
            skip *= 2;
            if ((offered - 1) % skip != 0) {
                return;
            }
        }
        frames[size] = frame;
        times[size++] = at;
    }

    /**
     * The first frame that is known to be at or after a moment; the largest number if none is. What
     * lies between two known frames counts as the earlier one.
     */
    long firstSince(long at) {
        for (int i = 0; i < size; i++) {
            if (times[i] >= at) {
                return frames[i];
            }
        }
        return Long.MAX_VALUE;
    }

    void write(BinaryWriter out) {
        out.putLong(skip);
        out.putLong(offered);
        out.putLongs(Arrays.copyOf(frames, size));
        out.putLongs(Arrays.copyOf(times, size));
    }

    static FrameTimes read(BinaryReader in) {
        FrameTimes read = new FrameTimes();
        read.skip = Math.max(1, in.getLong());
        read.offered = in.getLong();
        long[] frames = in.getLongs();
        long[] times = in.getLongs();
        read.size = Math.min(MAX, Math.min(frames.length, times.length));
        System.arraycopy(frames, 0, read.frames, 0, read.size);
        System.arraycopy(times, 0, read.times, 0, read.size);
        return read;
    }
}
