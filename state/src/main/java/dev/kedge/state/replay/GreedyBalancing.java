// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Greedy balancing (Prabhu et al., <i>GDumb</i>, ECCV 2020, algorithm 1): a class that is at least
 * two samples behind the largest takes the place of a random one of its samples; one that has its
 * share takes nothing more.
 */
public final class GreedyBalancing implements Admission {
    @Override
    public String name() {
        return "greedy-balancing";
    }

    @Override
    public void admit(ReplaySlots slots, List<ReplaySample> batch, DoubleSupplier uniform) {
        for (ReplaySample sample : batch) {
            if (slots.hasRoomFor(sample)) {
                slots.append(sample);
            } else if (slots.count(sample.label()) + 2 <= slots.count(slots.largest())) {
                replaceLargest(slots, sample, uniform);
            }
        }
    }

    private static void replaceLargest(
            ReplaySlots slots, ReplaySample sample, DoubleSupplier uniform) {
        slots.replace(Draws.slotOf(slots, slots.largest(), uniform), sample);
        while (slots.overflows()) {
            slots.remove(Draws.slotOf(slots, slots.largest(), uniform));
        }
    }

    @Override
    public void write(BinaryWriter out) {}

    @Override
    public void read(BinaryReader in) {}

    @Override
    public void forget(int label) {}
}
