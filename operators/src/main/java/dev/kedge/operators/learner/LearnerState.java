// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.operators.encoder.Tables;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.ParameterSnapshot;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one model of a learner is: parameters, optimiser slots, counters of steps, generator.
 * Everything else is scratch.
 *
 * <p>Binary format of the counters, family {@link Family#LEARNER}: steps, generator; in version 2,
 * which is written once there are any, steps refused; in version 3, which is written where rows of
 * tables rest, steps refused and the rate at which they rest.
 */
public final class LearnerState {
    private static final int VERSION = 3;
    private static final String PARAMETERS = "learner/parameters";
    private static final String SLOT = "learner/slot/";
    private static final String PROGRESS = "learner/progress";

    private final Layout layout;
    private final float[] parameters;
    private final float[][] slots;
    private RestorableRandom random;
    private long step;
    private long refused;
    private double restingRate;
    private final RestingRows rows;
    private final Part progress = Part.of(PROGRESS);

    /**
     * A model that knows nothing yet, without initial values.
     *
     * @param tables of which only those rows move that a batch names
     * @param optimiser whose slots it has
     */
    LearnerState(Layout layout, Tables tables, Optimiser optimiser, RestorableRandom random) {
        this.layout = layout;
        this.parameters = new float[layout.size()];
        this.slots = new float[optimiser.slots()][layout.size()];
        this.restingRate = optimiser.rate();
        this.rows = new RestingRows(tables, parameters, slots);
        this.random = random;
    }

    /**
     * The flat parameter vector. Rows of embedding tables that the last batch did not name may lie
     * behind in it; {@link Learner#settle} brings them up.
     */
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

    RestingRows rows() {
        return rows;
    }

    /** Rate of the steps that rows rest through. */
    double restingRate() {
        return restingRate;
    }

    void restAt(double rate) {
        restingRate = rate;
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
        long whole = 4L * rows.tables().othersSize() * (1 + slots.length);
        return (progress.isUnwritten() ? 256 + whole : 0) + rows.unwritten();
    }

    /** Writes what changed since the last call: the rows that did, and all the rest as one. */
    public void flush(PartStore store) {
        progress.flush(store, () -> toBytes(store));
        rows.flush(store);
    }

    /** Writes the vectors, which change with the counters; returns the counters. */
    private byte[] toBytes(PartStore store) {
        List<Slice> others = rows.tables().others();
        store.put(PARAMETERS, ParameterSnapshot.write(others, parameters));
        for (int i = 0; i < slots.length; i++) {
            store.put(SLOT + i, ParameterSnapshot.write(others, slots[i]));
        }
        BinaryWriter out = new BinaryWriter(64);
        out.putLong(step);
        out.putBytes(random.state());
        int version = version();
        if (version > 1) {
            out.putLong(refused);
        }
        if (version > 2) {
            out.putDouble(restingRate);
        }
        return Envelope.seal(Family.LEARNER, version, out);
    }

    /** The oldest in which it can be written. */
    private int version() {
        if (!rows.tables().isEmpty()) {
            return VERSION;
        }
        return refused > 0 ? 2 : 1;
    }

    /**
     * Reads back what was flushed.
     *
     * @param fresh makes the parameters of a new model, for rows of tables that are not stored
     * @return whether every other number of the layout was there, so that no initial value is left
     */
    boolean restore(PartStore store, Supplier<float[]> fresh) {
        if (!progress.restore(store, this::read)) {
            return false;
        }
        rows.restore(store, fresh);
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
        restingRate = in.version() < 3 ? restingRate : in.getDouble();
        in.requireEnd();
    }

    private boolean read(PartStore store, String name, float[] target) {
        Optional<BitSet> read =
                store.get(name).map(bytes -> ParameterSnapshot.read(bytes, layout, target));
        read.filter(this::hasTables).ifPresent(all -> rewriteRows());
        return read.filter(this::isComplete).isPresent();
    }

    /** Whether tables came as part of the whole vector, as they did before their rows rested. */
    private boolean hasTables(BitSet read) {
        return rows.tables().slices().stream().anyMatch(table -> read.get(table.offset()));
    }

    private void rewriteRows() {
        rows.cameWhole(step);
        progress.touch();
    }

    private boolean isComplete(BitSet read) {
        return hasTables(read)
                ? read.cardinality() == layout.size()
                : rows.tables().others().stream()
                        .allMatch(s -> read.nextClearBit(s.offset()) >= s.end());
    }
}
