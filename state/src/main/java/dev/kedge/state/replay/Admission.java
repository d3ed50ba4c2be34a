// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.replay;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Decides which samples of a stream stay in a replay memory. What it counts is part of the memory's
 * state. One instance serves one memory.
 */
public interface Admission {
    /** Name, as in configurations. */
    String name();

    /**
     * Takes what it wants of a batch, in its order.
     *
     * @param slots the memory, changed in place and left within its bound
     * @param batch samples, none of them larger than the bound
     * @param uniform draws from [0, 1)
     */
    void admit(ReplaySlots slots, List<ReplaySample> batch, DoubleSupplier uniform);

    /** Writes what it counts. */
    void write(BinaryWriter out);

    /** Reads back what was written. */
    void read(BinaryReader in);

    /** Forgets what it counts of a label; the slots have forgotten it already. */
    void forget(int label);
}
