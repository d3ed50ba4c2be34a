// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Reservoir sampling (Vitter 1985, algorithm R): after n samples each is in the memory with the
 * same probability. A memory bounded in bytes makes room by dropping random samples, which keeps
 * that so as long as samples have about the same size.
 */
public final class Reservoir implements Admission {
    private final Rule rule;
    private long seen;

    /** When the count of samples seen moves on. */
    public enum Rule {
        /** With each sample: the textbook. */
        SAMPLE,
        /**
         * With each batch: all of a batch draw their slots with the count from before it, and the
         * last of those that draw the same slot stays. The authors of PCR and HPCR do it so; the
         * first batch after filling is nearly taken whole.
         */
        BATCH
    }

    /** Starts empty. */
    public Reservoir(Rule rule) {
        this.rule = rule;
    }

    @Override
    public String name() {
        return "reservoir";
    }

    /** How many samples were offered. */
    public long seen() {
        return seen;
    }

    @Override
    public void admit(ReplaySlots slots, List<ReplaySample> batch, DoubleSupplier uniform) {
        int next = 0;
        while (next < batch.size() && slots.hasRoomFor(batch.get(next))) {
            slots.append(batch.get(next++));
            seen++;
        }
        long before = seen;
        for (ReplaySample sample : batch.subList(next, batch.size())) {
            seen++;
            draw(slots, sample, rule == Rule.BATCH ? before : seen, uniform);
        }
    }

    private static void draw(
            ReplaySlots slots, ReplaySample sample, long among, DoubleSupplier uniform) {
        long slot = (long) (uniform.getAsDouble() * among);
        if (slot < slots.size()) {
            slots.replace((int) slot, sample);
            Draws.shrink(slots, uniform);
        }
    }

    @Override
    public void write(BinaryWriter out) {
        out.putLong(seen);
    }

    @Override
    public void read(BinaryReader in) {
        seen = in.getLong();
    }

    @Override
    public void forget(int label) {}
}
