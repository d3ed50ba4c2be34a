// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.ParameterSnapshot;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;

/**
 * What one model of a learner is: parameters, optimiser slots, counters of steps, generator.
 * Everything else is scratch.
 *
 * <p>Binary format of the counters, family {@link Family#LEARNER}: steps, generator; in version 2,
 * which is written once there are any, steps refused.
 */
public final class LearnerState {
    private static final int VERSION = 2;
    private static final String PARAMETERS = "learner/parameters";
    private static final String SLOT = "learner/slot/";
    private static final String PROGRESS = "learner/progress";

    private final Layout layout;
    private final float[] parameters;
    private final float[][] slots;
    private RestorableRandom random;
    private long step;
    private long refused;
    private final Part progress = Part.of(PROGRESS);

    LearnerState(Layout layout, int slots, RestorableRandom random) {
        this.layout = layout;
        this.parameters = new float[layout.size()];
        this.slots = new float[slots][layout.size()];
        this.random = random;
    }

    /** The flat parameter vector. */
    public float[] parameters() {
        return parameters;
    }

    float[][] slots() {
        return slots;
    }

    /** The model's own generator; whoever takes it may draw, so that the next flush writes it. */
    public RestorableRandom random() {
        progress.touch();
        return random;
    }

    /** Steps made. */
    public long step() {
        return step;
    }

    /** Steps that were not made, because they would have made the model useless. */
    public long refused() {
        return refused;
    }

    void refuse() {
        refused++;
        progress.touch();
    }

    /**
     * Says that parameters or generator were used outside of a step, so that the next flush writes
     * them.
     */
    public void touch() {
        progress.touch();
    }

    long nextStep() {
        progress.touch();
        return ++step;
    }

    /** Heap bytes, roughly. */
    public long bytes() {
        return 256L + 4L * layout.size() * (1 + slots.length);
    }

    /** Bytes that {@link #flush} would write, roughly. */
    public long unwritten() {
        return progress.isUnwritten() ? bytes() : 0;
    }

    /** Writes everything if anything changed since the last call. */
    public void flush(PartStore store) {
        progress.flush(store, () -> toBytes(store));
    }

    /** Writes the vectors, which change with the counters; returns the counters. */
    private byte[] toBytes(PartStore store) {
        store.put(PARAMETERS, ParameterSnapshot.write(layout, parameters));
        for (int i = 0; i < slots.length; i++) {
            store.put(SLOT + i, ParameterSnapshot.write(layout, slots[i]));
        }
        BinaryWriter out = new BinaryWriter(64);
        out.putLong(step);
        out.putBytes(random.state());
        // A model that refused nothing is written as it was before refusals were counted.
        if (refused > 0) {
            out.putLong(refused);
        }
        return Envelope.seal(Family.LEARNER, refused > 0 ? VERSION : 1, out);
    }

    /**
     * Reads back what was flushed.
     *
     * @return whether every number of the layout was there, so that no initial value is left
     */
    boolean restore(PartStore store) {
        if (!progress.restore(store, this::read)) {
            return false;
        }
        boolean complete = read(store, PARAMETERS, parameters);
        for (int i = 0; i < slots.length; i++) {
            complete &= read(store, SLOT + i, slots[i]);
        }
        return complete;
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.LEARNER, VERSION);
        step = in.getLong();
        random = RestorableRandom.restored(in.getBytes());
        refused = in.version() == 1 ? 0 : in.getLong();
        in.requireEnd();
    }

    private boolean read(PartStore store, String name, float[] target) {
        return store.get(name)
                .filter(
                        b ->
                                ParameterSnapshot.read(b, layout, target).cardinality()
                                        == layout.size())
                .isPresent();
    }
}
