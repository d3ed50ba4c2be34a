// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The slots of a replay memory, each a part of its own, so that a checkpoint carries only those
 * that changed. Filled from slot 0 without holes. Not thread-safe.
 */
public final class ReplaySlots {
    private static final String SLOT = "replay/slot/";

    private final MemoryBound bound;
    private final PartFamily<Long> parts = PartFamily.numbered(SLOT, "%08d");
    private ReplaySample[] samples = new ReplaySample[16];
    private int[] counts = new int[8];
    private int size;
    private long bytes;

    ReplaySlots(MemoryBound bound) {
        this.bound = bound;
    }

    /** Number of samples. */
    public int size() {
        return size;
    }

    /** Bytes of all samples. */
    public long bytes() {
        return bytes;
    }

    /** The limits. */
    public MemoryBound bound() {
        return bound;
    }

    /** The sample in a slot from 0 to {@code size() - 1}. */
    public ReplaySample get(int slot) {
        if (slot >= size) {
            throw new IndexOutOfBoundsException("slot " + slot + " of " + size);
        }
        return samples[slot];
    }

    /** How many samples have a label. */
    public int count(int label) {
        return label < counts.length ? counts[label] : 0;
    }

    /** A bound of the labels: no sample has this label or a larger one. */
    public int labels() {
        return counts.length;
    }

    /** The label with most samples, the lowest of equals. */
    int largest() {
        int largest = 0;
        for (int label = 1; label < counts.length; label++) {
            if (counts[label] > counts[largest]) {
                largest = label;
            }
        }
        return largest;
    }

    /** The slot of the n-th sample of a label, from 0, in order of slots. */
    int slotOf(int label, int n) {
        int left = n;
        for (int slot = 0; slot < size; slot++) {
            if (samples[slot].label() == label && left-- == 0) {
                return slot;
            }
        }
        throw new IndexOutOfBoundsException("sample " + n + " of label " + label);
    }

    /** The slot of the first to arrive of a label. */
    int oldestOf(int label) {
        int oldest = -1;
        for (int slot = 0; slot < size; slot++) {
            if (samples[slot].label() == label
                    && (oldest < 0 || samples[slot].arrival() < samples[oldest].arrival())) {
                oldest = slot;
            }
        }
        return oldest;
    }

    boolean hasRoomFor(ReplaySample sample) {
        return size < bound.samples() && bytes + sample.bytes() <= bound.bytes();
    }

    /** Whether the sample would fit into an empty memory. */
    boolean canHold(ReplaySample sample) {
        return sample.bytes() <= bound.bytes();
    }

    boolean overflows() {
        return bytes > bound.bytes();
    }

    void append(ReplaySample sample) {
        if (size == samples.length) {
            samples = Arrays.copyOf(samples, 2 * size);
        }
        size++;
        enter(size - 1, sample);
    }

    void replace(int slot, ReplaySample sample) {
        leave(slot);
        enter(slot, sample);
    }

    /** Removes a sample; the last one moves into its slot. */
    void remove(int slot) {
        leave(slot);
        size--;
        if (slot < size) {
            samples[slot] = samples[size];
            touch(slot);
        }
        touch(size);
    }

    private void enter(int slot, ReplaySample sample) {
        samples[slot] = sample;
        touch(slot);
        bytes += sample.bytes();
        if (sample.label() >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(sample.label() + 1, 2 * counts.length));
        }
        counts[sample.label()]++;
    }

    private void leave(int slot) {
        bytes -= samples[slot].bytes();
        counts[samples[slot].label()]--;
    }

    void forget(int label) {
        for (int slot = size - 1; slot >= 0; slot--) {
            if (samples[slot].label() == label) {
                remove(slot);
            } else if (label < samples[slot].logits().length) {
                samples[slot] = samples[slot].withoutLogit(label);
                touch(slot);
            }
        }
    }

    void forgetBefore(long at) {
        forgetIf(sample -> sample.at() < at);
    }

    void forgetIf(Predicate<ReplaySample> named) {
        for (int slot = size - 1; slot >= 0; slot--) {
            if (named.test(samples[slot])) {
                remove(slot);
            }
        }
    }

    void flush(PartStore store) {
        parts.flush(
                store,
                slot ->
                        slot < size
                                ? Optional.of(samples[slot.intValue()].toBytes())
                                : Optional.empty());
    }

    private void touch(int slot) {
        parts.touch((long) slot);
    }

    void restore(PartStore store, int count) {
        for (int slot = 0; slot < count; slot++) {
            String name = parts.name((long) slot);
            byte[] part =
                    store.get(name)
                            .orElseThrow(
                                    () -> new IllegalStateException("part " + name + " is gone"));
            append(ReplaySample.fromBytes(part));
        }
        parts.restored();
    }
}
