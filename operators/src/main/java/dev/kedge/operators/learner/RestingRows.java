// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.operators.encoder.Tables;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.part.PartStore;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rows of one model's embedding tables. A row rests until a batch names it; then it makes up
 * the steps that it rested through, to the bit. So a step touches, and a flush writes, the few rows
 * that batches named, and not whole tables that move by their momentum. A row that was never
 * learned has its initial value and is not stored.
 *
 * <p>Rows are parts {@code learner/row/TABLE/ROW}, the row in hexadecimal. From a store that {@link
 * PartStore#staysReadable stays readable} each is read when it is named first.
 *
 * <p>Binary format, family {@link Family#LEARNER_ROW}, version 1: step until which the row is made
 * up; number of vectors, which are the parameters and the slots; columns; the row's values in each.
 */
final class RestingRows {
    private static final int VERSION = 1;
    private static final String PREFIX = "learner/row/";

    private final Tables tables;
    private final float[] parameters;
    private final float[][] slots;
    private final float[][] vectors;
    private final long[] madeUp;
    private final BitSet changed = new BitSet();
    private final BitSet unread = new BitSet();
    private Optional<PartStore> source = Optional.empty();
    private Optional<Supplier<float[]>> initial = Optional.empty();

    /** Rows of a new model, in its vectors. */
    RestingRows(Tables tables, float[] parameters, float[][] slots) {
        this.tables = tables;
        this.parameters = parameters;
        this.slots = slots;
        vectors = new float[1 + slots.length][];
        vectors[0] = parameters;
        System.arraycopy(slots, 0, vectors, 1, slots.length);
        madeUp = new long[tables.rows()];
    }

    Tables tables() {
        return tables;
    }

    /**
     * Makes a row up until a step, if it was ever learned.
     *
     * @param by what makes the steps, at the rate at which all rows rest
     */
    void wake(int row, long step, Optimiser by) {
        read(row);
        if (madeUp[row] == 0 || madeUp[row] == step || !by.movesWithoutGradient()) {
            return;
        }
        int from = tables.offset(row);
        by.makeUp(parameters, slots, from, from + tables.columns(row), madeUp[row], step);
        learned(row, step);
    }

    /** Makes all rows up. */
    void wakeAll(long step, Optimiser by) {
        for (int row = 0; row < tables.rows(); row++) {
            wake(row, step, by);
        }
    }

    /** A row took part in a step. */
    void learned(int row, long step) {
        madeUp[row] = step;
        changed.set(row);
    }

    /** All rows came from a whole vector that was written after a step. */
    void cameWhole(long step) {
        for (int row = 0; row < tables.rows(); row++) {
            learned(row, step);
        }
        unread.clear();
    }

    /** Bytes of the rows that the store does not have as they are. */
    long unwritten() {
        return changed.isEmpty() ? 0 : (long) changed.cardinality() * bytes(0);
    }

    private int bytes(int row) {
        return 8 + 4 + 4 + 4 * vectors.length * tables.columns(row);
    }

    void flush(PartStore store) {
        for (int row = changed.nextSetBit(0); row >= 0; row = changed.nextSetBit(row + 1)) {
            store.put(name(row), toBytes(row));
        }
        changed.clear();
    }

    private String name(int row) {
        int table = tables.tableOf(row);
        String within = Integer.toHexString(row - tables.first(table));
        return prefix(tables.slices().get(table)) + within;
    }

    private static String prefix(Slice table) {
        return PREFIX + table.name() + "/";
    }

    private byte[] toBytes(int row) {
        BinaryWriter out = new BinaryWriter(bytes(row));
        out.putLong(madeUp[row]);
        out.putInt(vectors.length);
        out.putInt(tables.columns(row));
        for (float[] vector : vectors) {
            out.putFloats(vector, tables.offset(row), tables.columns(row));
        }
        return Envelope.seal(Family.LEARNER_ROW, VERSION, out);
    }

    /**
     * Takes the rows of a store: each once it is named, if it can be read then.
     *
     * @param fresh makes the parameters of a new model, for the rows that the store does not have
     */
    void restore(PartStore store, Supplier<float[]> fresh) {
        unread.set(0, tables.rows());
        source = Optional.of(store);
        initial = Optional.of(fresh);
        if (!store.staysReadable()) {
            readAll(store);
        }
    }

    private void readAll(PartStore store) {
        for (int table = 0; table < tables.slices().size(); table++) {
            Slice slice = tables.slices().get(table);
            String prefix = prefix(slice);
            for (Map.Entry<String, byte[]> part : store.parts(prefix).entrySet()) {
                int within = Integer.parseInt(part.getKey().substring(prefix.length()), 16);
                require(within < slice.rows(), part.getKey());
                read(tables.first(table) + within, part.getValue());
            }
        }
        begin();
        unread.clear();
        source = Optional.empty();
    }

    private void read(int row) {
        if (!unread.get(row)) {
            return;
        }
        source.flatMap(store -> store.get(name(row)))
                .ifPresentOrElse(bytes -> read(row, bytes), this::begin);
        unread.clear(row);
    }

    /** Gives all rows that have not been read their initial values, once. */
    private void begin() {
        initial.ifPresent(
                fresh -> {
                    float[] values = fresh.get();
                    int row = unread.nextSetBit(0);
                    while (row >= 0) {
                        int at = tables.offset(row);
                        System.arraycopy(values, at, parameters, at, tables.columns(row));
                        row = unread.nextSetBit(row + 1);
                    }
                });
        initial = Optional.empty();
    }

    private void read(int row, byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.LEARNER_ROW, VERSION);
        madeUp[row] = in.getLong();
        require(in.getCount() == vectors.length, name(row));
        int columns = in.getCount();
        require(columns <= tables.columns(row), name(row));
        if (columns < tables.columns(row)) {
            begin();
        }
        for (float[] vector : vectors) {
            System.arraycopy(in.getFloats(columns), 0, vector, tables.offset(row), columns);
        }
        in.requireEnd();
        unread.clear(row);
    }

    private static void require(boolean fits, String name) {
        if (!fits) {
            throw new IncompatibleLayoutException(
                    "'" + name + "' is a row that does not fit into the job's tables");
        }
    }
}
