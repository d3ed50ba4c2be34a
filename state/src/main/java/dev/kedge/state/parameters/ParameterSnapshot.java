// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.parameters;

import static dev.kedge.state.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.BitSet;
import java.util.List;

/**
 * Binary form of a flat vector together with its layout, so that a later layout can take over by
 * name what it still knows.
 *
 * <p>Format, version 1, inside an {@link Envelope} of family {@link Family#PARAMETERS}: number of
 * slices; for each slice name, rows, columns; then all elements, little-endian.
 */
public final class ParameterSnapshot {
    private static final int VERSION = 1;

    private ParameterSnapshot() {}

    /** Writes a vector. */
    public static byte[] write(Layout layout, float[] vector) {
        return write(layout.slices(), vector);
    }

    /** Writes some slices of a vector, as a vector of their own. */
    public static byte[] write(List<Slice> slices, float[] vector) {
        // To the byte: vectors are large, and are sealed without a copy where they fit.
        int size = slices.stream().mapToInt(ParameterSnapshot::bytes).sum();
        BinaryWriter out = new BinaryWriter(4 + size);
        out.putInt(slices.size());
        for (Slice slice : slices) {
            out.putUtf8(slice.name());
            out.putInt(slice.rows());
            out.putInt(slice.columns());
        }
        for (Slice slice : slices) {
            out.putFloats(vector, slice.offset(), slice.size());
        }
        return Envelope.seal(Family.PARAMETERS, VERSION, out);
    }

    private static int bytes(Slice slice) {
        return 4 + slice.name().getBytes(UTF_8).length + 4 + 4 + 4 * slice.size();
    }

    /**
     * Reads a vector into another of the wanted layout. Slices are matched by name. A slice that
     * grew keeps its old rows and columns in its upper left corner; slices that the snapshot does
     * not know are left as they are in {@code target}.
     *
     * @param bytes what {@link #write} wrote
     * @param wanted layout of {@code target}
     * @param target vector to fill, initialised by the caller
     * @return the indices of {@code target} that came from the snapshot
     * @throws IncompatibleLayoutException if the snapshot has a slice that is unknown or has shrunk
     */
    public static BitSet read(byte[] bytes, Layout wanted, float[] target) {
        Vector stored = read(bytes);
        requireCompatible(stored.layout(), wanted);
        BitSet restored = new BitSet(wanted.size());
        if (stored.layout().equals(wanted)) {
            System.arraycopy(stored.values(), 0, target, 0, wanted.size());
            restored.set(0, wanted.size());
            return restored;
        }
        for (Slice from : stored.layout().slices()) {
            copy(from, stored.values(), wanted.slice(from.name()), target, restored);
        }
        return restored;
    }

    /**
     * Reads a vector as it was written, for those who have no layout to compare it with.
     *
     * @param bytes what {@link #write} wrote
     */
    public static Vector read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.PARAMETERS, VERSION);
        Layout layout = in.valid(ParameterSnapshot::layout);
        float[] values = in.getFloats(layout.size());
        in.requireEnd();
        return new Vector(layout, values);
    }

    private static Layout layout(BinaryReader in) {
        Layout.Builder builder = Layout.builder();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            builder.add(in.getUtf8(), in.getInt(), in.getInt());
        }
        return builder.build();
    }

    /**
     * A vector with its layout.
     *
     * @param layout names and shapes
     * @param values all elements, as many as the layout's size
     */
    public record Vector(Layout layout, float[] values) {}

    private static void requireCompatible(Layout stored, Layout wanted) {
        for (Slice from : stored.slices()) {
            if (!wanted.contains(from.name())) {
                throw new IncompatibleLayoutException(
                        "the snapshot holds '" + from.name() + "', which the job does not have");
            }
            Slice to = wanted.slice(from.name());
            if (to.rows() < from.rows() || to.columns() < from.columns()) {
                throw new IncompatibleLayoutException(
                        format(
                                "'%s' is %dx%d in the snapshot and only %dx%d in the job",
                                from.name(), from.rows(), from.columns(), to.rows(), to.columns()));
            }
        }
    }

    private static void copy(
            Slice from, float[] values, Slice to, float[] target, BitSet restored) {
        for (int row = 0; row < from.rows(); row++) {
            int source = from.offset() + row * from.columns();
            int sink = to.offset() + row * to.columns();
            System.arraycopy(values, source, target, sink, from.columns());
            restored.set(sink, sink + from.columns());
        }
    }
}
