// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The newest samples of each class (Lopez-Paz and Ranzato 2017, their ring buffer), in shares that
 * get smaller as classes appear: a class within its share takes the place of the oldest sample of
 * the largest class, one that has it takes that of its own oldest.
 */
public final class Ring implements Admission {
    @Override
    public String name() {
        return "ring";
    }

    @Override
    public void admit(ReplaySlots slots, List<ReplaySample> batch, DoubleSupplier uniform) {
        for (ReplaySample sample : batch) {
            if (slots.hasRoomFor(sample)) {
                slots.append(sample);
            } else {
                slots.replace(slots.oldestOf(victim(slots, sample.label())), sample);
                while (slots.overflows()) {
                    slots.remove(slots.oldestOf(slots.largest()));
                }
            }
        }
    }

    /** The class that has to give way to one more sample of a label. */
    static int victim(ReplaySlots slots, int label) {
        int largest = slots.largest();
        return slots.count(label) >= slots.count(largest) ? label : largest;
    }

    @Override
    public void write(BinaryWriter out) {}

    @Override
    public void read(BinaryReader in) {}

    @Override
    public void forget(int label) {}
}
