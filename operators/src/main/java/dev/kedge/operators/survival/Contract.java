// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Family;
import dev.kedge.state.binary.Frame;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.PartStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings that give what was learned its meaning, and that no shape shows: a table of hashed rows
 * that grows would find other words in its rows. A model refuses to go on under others.
 *
 * <p>Binary format, version 1, family {@link Family#CONTRACT}: number of settings; for each its
 * name and value, sorted by name.
 */
final class Contract {
    private static final int VERSION = 1;
    private static final String PART = "contract";
    private static final String CUTS = "intervals.cuts";

    private final TreeMap<String, String> terms = new TreeMap<>();
    private boolean stored;

    /** What the settings ask for. */
    Contract(DiscontinuationSettings settings) {
        DiscontinuationSettings.Features features = settings.features();
        terms.put("statistics.every", settings.statistics().every().toString());
        terms.put("intervals.boundary", Double.toString(settings.intervals().boundary()));
        terms.put(CUTS, cuts(settings.intervals().cuts()));
        terms.put("learning.optimiser", settings.learning().optimiser().toString());
        if (features.text()) {
            terms.put("features.text-buckets", Integer.toString(features.textBuckets()));
        }
        if (features.categories()) {
            terms.put("features.category-buckets", Integer.toString(features.categoryBuckets()));
        }
    }

    /** Ends with a comma, so that cuts begin with others only where whole numbers do. */
    private static String cuts(List<Double> cuts) {
        StringBuilder text = new StringBuilder();
        cuts.forEach(cut -> text.append(cut).append(','));
        return text.toString();
    }

    /**
     * Compares with what a model was learned under.
     *
     * @throws IncompatibleLayoutException if a setting differs that must not; more cuts after the
     *     old ones are good
     */
    static Contract restored(DiscontinuationSettings settings, PartStore store) {
        Contract contract = new Contract(settings);
        store.get(PART).ifPresent(contract::compare);
        return contract;
    }

    private void compare(byte[] bytes) {
        BinaryReader in = Frame.open(bytes, Family.CONTRACT, VERSION);
        Map<String, String> before = new TreeMap<>();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            before.put(in.getUtf8(), in.getUtf8());
        }
        in.requireEnd();
        before.forEach(this::compare);
        stored = before.equals(terms);
    }

    private void compare(String name, String before) {
        String now = terms.get(name);
        boolean kept =
                now == null || now.equals(before) || (name.equals(CUTS) && now.startsWith(before));
        if (!kept) {
            throw new IncompatibleLayoutException(
                    "%s: the model was learned with %s, the job has %s; set it back, or start with new models (--fresh)"
                            .formatted(name, before, now));
        }
    }

    void flush(PartStore store) {
        if (stored) {
            return;
        }
        BinaryWriter out = new BinaryWriter(256);
        out.putInt(terms.size());
        terms.forEach(
                (name, value) -> {
                    out.putUtf8(name);
                    out.putUtf8(value);
                });
        store.put(PART, Frame.seal(Family.CONTRACT, VERSION, out));
        stored = true;
    }
}
