// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.ParameterSnapshot;
import dev.kedge.state.parameters.Slice;
import java.util.ArrayList;
import java.util.List;

/** Says in which named slices two flat vectors differ, and by how much. */
final class VectorDifference {
    private static final String A = " only in A";
    private static final String B = " only in B";

    private VectorDifference() {}

    /** Describes the difference of two parameter snapshots. */
    static String between(byte[] a, byte[] b) {
        ParameterSnapshot.Vector left = ParameterSnapshot.read(a);
        ParameterSnapshot.Vector right = ParameterSnapshot.read(b);
        List<String> differences = new ArrayList<>();
        for (Slice slice : left.layout().slices()) {
            compare(slice, left, right, differences);
        }
        missing(right.layout(), left.layout(), B, differences);
        return differences.isEmpty()
                ? "the same slices in another order"
                : "slices " + String.join("; ", differences);
    }

    private static void compare(
            Slice slice,
            ParameterSnapshot.Vector left,
            ParameterSnapshot.Vector right,
            List<String> differences) {
        if (!right.layout().contains(slice.name())) {
            differences.add(slice.name() + A);
            return;
        }
        Slice other = right.layout().slice(slice.name());
        if (other.rows() != slice.rows() || other.columns() != slice.columns()) {
            differences.add(slice.name() + " " + sides(slice) + " in A, " + sides(other) + " in B");
            return;
        }
        values(slice, left.values(), other.offset(), right.values(), differences);
    }

    private static String sides(Slice slice) {
        return slice.rows() + "x" + slice.columns();
    }

    private static void values(
            Slice slice, float[] left, int at, float[] right, List<String> differences) {
        int changed = 0;
        double largest = 0;
        for (int i = 0; i < slice.size(); i++) {
            float l = left[slice.offset() + i];
            float r = right[at + i];
            if (Float.floatToRawIntBits(l) != Float.floatToRawIntBits(r)) {
                changed++;
                // Not a number stays: it is what the reader must hear of.
                largest = Math.max(largest, Math.abs((double) l - r));
            }
        }
        if (changed > 0) {
            differences.add(
                    format(
                            "%s %d of %d values, by at most %s",
                            slice.name(), changed, slice.size(), (float) largest));
        }
    }

    private static void missing(Layout from, Layout in, String words, List<String> differences) {
        for (Slice slice : from.slices()) {
            if (!in.contains(slice.name())) {
                differences.add(slice.name() + words);
            }
        }
    }
}
