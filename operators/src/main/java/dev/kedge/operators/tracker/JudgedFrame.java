// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said of a frame whose detections have identities; those without are left out.
 *
 * <p>Binary format, version 1, family {@link Family#JUDGED_FRAME}: event time, number of
 * identities, each identity, tracks.
 *
 * @param at event time, epoch milliseconds
 * @param identities each once
 * @param tracks the track of each, or {@link dev.kedge.operators.tracker.ctvis.Track#DROPPED}
 */
record JudgedFrame(long at, List<String> identities, long[] tracks) {
    private static final int VERSION = 1;

    /** Heap bytes, roughly. */
    long bytes() {
        long sum = 96;
        for (String identity : identities) {
            sum += 64 + 2L * identity.length();
        }
        return sum;
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64 + 32 * tracks.length);
        out.putLong(at);
        out.putInt(identities.size());
        identities.forEach(out::putUtf8);
        out.putLongs(tracks);
        return Envelope.seal(Family.JUDGED_FRAME, VERSION, out);
    }

    static JudgedFrame fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.JUDGED_FRAME, VERSION);
        long at = in.getLong();
        int count = in.getCount();
        List<String> identities = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            identities.add(in.getUtf8());
        }
        JudgedFrame frame = new JudgedFrame(at, identities, in.getLongs());
        in.requireEnd();
        if (frame.tracks.length != count) {
            throw new DamagedSnapshotException(
                    format("%d identities with %d tracks", count, frame.tracks.length));
        }
        return frame;
    }
}
