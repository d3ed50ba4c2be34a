// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Class-balancing reservoir sampling (Chrysakis and Moens, <i>Online Continual Learning from
 * Imbalanced Data</i>, ICML 2020, algorithm 1): a class that was never the largest takes the place
 * of a random sample of the largest; one that was is sampled as by a reservoir within its own
 * share.
 */
public final class ClassBalancedReservoir implements Admission {
    private long[] seen = new long[0];
    private boolean[] full = new boolean[0];

    @Override
    public String name() {
        return "class-balanced";
    }

    @Override
    public void admit(ReplaySlots slots, List<ReplaySample> batch, DoubleSupplier uniform) {
        for (ReplaySample sample : batch) {
            admit(slots, sample, uniform);
        }
    }

    private void admit(ReplaySlots slots, ReplaySample sample, DoubleSupplier uniform) {
        int label = sample.label();
        reach(label + 1);
        seen[label]++;
        if (slots.hasRoomFor(sample)) {
            slots.append(sample);
            return;
        }
        markLargest(slots);
        if (!full[label]) {
            slots.replace(Draws.slotOf(slots, slots.largest(), uniform), sample);
        } else if (uniform.getAsDouble() * seen[label] < slots.count(label)) {
            slots.replace(Draws.slotOf(slots, label, uniform), sample);
        }
        while (slots.overflows()) {
            slots.remove(Draws.slotOf(slots, slots.largest(), uniform));
        }
    }

    private void markLargest(ReplaySlots slots) {
        int max = slots.count(slots.largest());
        for (int label = 0; label < full.length; label++) {
            full[label] |= slots.count(label) == max;
        }
    }

    private void reach(int labels) {
        if (labels > seen.length) {
            seen = Arrays.copyOf(seen, labels);
            full = Arrays.copyOf(full, labels);
        }
    }

    @Override
    public void write(BinaryWriter out) {
        out.putLongs(seen);
        for (boolean flag : full) {
            out.putBoolean(flag);
        }
    }

    @Override
    public void read(BinaryReader in) {
        seen = in.getLongs();
        full = new boolean[seen.length];
        for (int label = 0; label < full.length; label++) {
            full[label] = in.getBoolean();
        }
    }

    @Override
    public void forget(int label) {
        if (label < seen.length) {
            seen[label] = 0;
            full[label] = false;
        }
    }
}
