// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;

/**
 * A stored sample, with what the model of its time answered. The arrays are not copied and must not
 * change.
 *
 * <p>Binary format, version 2, family {@link Family#REPLAY_SAMPLE}: input, label, arrival, logits,
 * features, event time.
 *
 * @param input the input as bytes, for example an image of 8 bits a channel
 * @param label index of its class
 * @param arrival its number in the order of arrival, from 0
 * @param logits the model's logits when it was stored, one for each class known then; may be empty
 * @param features the model's features when it was stored; may be empty
 * @param at its event time, epoch milliseconds; {@link #NO_TIME} if it has none
 */
public record ReplaySample(
        byte[] input, int label, long arrival, float[] logits, float[] features, long at) {
    /** Event time of samples that have none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final int VERSION = 2;
    private static final int HEADERS = 104;

    /** Checks the label. */
    public ReplaySample {
        if (label < 0) {
            throw new IllegalArgumentException("label: " + label + " must not be negative");
        }
    }

    /** A sample without an event time. */
    public ReplaySample(byte[] input, int label, long arrival, float[] logits, float[] features) {
        this(input, label, arrival, logits, features, NO_TIME);
    }

    /** Heap bytes, roughly: what a memory bounded in bytes counts. */
    public long bytes() {
        return HEADERS + input.length + 4L * (logits.length + features.length);
    }

    /** The same with the answer for a class wiped out. */
    ReplaySample withoutLogit(int c) {
        float[] wiped = logits.clone();
        wiped[c] = 0;
        return new ReplaySample(input, label, arrival, wiped, features, at);
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter((int) Math.min(bytes(), Integer.MAX_VALUE - 8));
        out.putBytes(input);
        out.putInt(label);
        out.putLong(arrival);
        out.putFloats(logits);
        out.putFloats(features);
        out.putLong(at);
        return Envelope.seal(Family.REPLAY_SAMPLE, VERSION, out);
    }

    static ReplaySample fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.REPLAY_SAMPLE, VERSION, VERSION);
        byte[] input = in.getBytes();
        int label = in.getInt();
        ReplaySample sample =
                new ReplaySample(
                        input, label, in.getLong(), in.getFloats(), in.getFloats(), in.getLong());
        in.requireEnd();
        return sample;
    }
}
