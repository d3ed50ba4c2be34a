// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * A bounded memory of samples: slots, and an {@link Admission} that decides what they hold. Writes
 * only the slots that changed. Not thread-safe.
 *
 * <p>Parts: {@code replay/slot/N} for each slot and {@code replay/memory}, whose format, version 1,
 * is: name of the admission, samples stored, samples offered, samples larger than the bound, what
 * the admission counts.
 */
public final class ReplayMemory {
    private static final int VERSION = 1;
    private static final String MEMORY = "replay/memory";

    private final Admission admission;
    private final ReplaySlots slots;
    private long offered;
    private long tooLarge;
    private final Part part = Part.of(MEMORY);

    /** Starts empty. */
    public ReplayMemory(MemoryBound bound, Admission admission) {
        this.admission = admission;
        this.slots = new ReplaySlots(bound);
    }

    /**
     * Reads a memory back, or starts empty if the store has none.
     *
     * @param admission a new one, of the same kind as was written
     * @throws IncompatibleLayoutException if another kind of memory was written, or a larger one
     *     than the bound allows
     */
    public static ReplayMemory restored(MemoryBound bound, Admission admission, PartStore store) {
        ReplayMemory memory = new ReplayMemory(bound, admission);
        memory.part.restore(store, bytes -> memory.restore(bytes, store));
        return memory;
    }

    private void restore(byte[] bytes, PartStore store) {
        BinaryReader in = Envelope.open(bytes, Family.REPLAY_MEMORY, VERSION);
        String name = in.getUtf8();
        if (!name.equals(admission.name())) {
            throw new IncompatibleLayoutException(
                    format(
                            "replay.memory: the snapshot's is '%s', the job's '%s'",
                            name, admission.name()));
        }
        int count = in.getInt();
        offered = in.getLong();
        tooLarge = in.getLong();
        admission.read(in);
        in.requireEnd();
        slots.restore(store, count);
        if (count > slots.bound().samples() || slots.overflows()) {
            throw new IncompatibleLayoutException(
                    format(
                            "replay.capacity: the snapshot holds %d samples of %d bytes, more than %s allows",
                            count, slots.bytes(), slots.bound()));
        }
    }

    /**
     * Offers a batch. Samples larger than the bound are left out and counted.
     *
     * @param uniform draws from [0, 1): the model's own generator
     */
    public void offer(List<ReplaySample> batch, DoubleSupplier uniform) {
        List<ReplaySample> fitting = new ArrayList<>(batch.size());
        for (ReplaySample sample : batch) {
            if (slots.canHold(sample)) {
                fitting.add(sample);
            } else {
                tooLarge++;
            }
        }
        offered += batch.size();
        part.touch();
        admission.admit(slots, fitting, uniform);
    }

    /** What is stored. */
    public ReplaySlots slots() {
        return slots;
    }

    /** How many samples were offered: the number of the next to arrive. */
    public long offered() {
        return offered;
    }

    /** How many samples were larger than the whole memory may be. */
    public long tooLarge() {
        return tooLarge;
    }

    /** Removes all samples of a label, and its column of the stored logits. */
    public void forget(int label) {
        slots.forget(label);
        admission.forget(label);
        part.touch();
    }

    /**
     * Removes all samples of before a moment, and those that have no event time. What the admission
     * counts stays: it counts the stream and not what is left of it.
     */
    public void forgetBefore(long at) {
        slots.forgetBefore(at);
        part.touch();
    }

    /** Removes the samples that a test names. What the admission counts stays. */
    public void forgetIf(Predicate<ReplaySample> named) {
        slots.forgetIf(named);
        part.touch();
    }

    /** Writes what changed since the last call. */
    public void flush(PartStore store) {
        slots.flush(store);
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64);
        out.putUtf8(admission.name());
        out.putInt(slots.size());
        out.putLong(offered);
        out.putLong(tooLarge);
        admission.write(out);
        return Envelope.seal(Family.REPLAY_MEMORY, VERSION, out);
    }
}
