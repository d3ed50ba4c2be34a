// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import dev.kedge.state.flink.KeyedPartStore;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.util.Collector;

/** Reads the parts of some models, in pieces: of named ones, or of the first that comes. */
final class PartsReader extends KeyedStateReaderFunction<String, PartPiece> {
    private static final long serialVersionUID = 1L;

    private final TreeSet<String> models;
    private final boolean first;
    private transient MapState<String, byte[]> parts;

    PartsReader(Set<String> models) {
        this(models, false);
    }

    private PartsReader(Set<String> models, boolean first) {
        this.models = new TreeSet<>(models);
        this.first = first;
    }

    /** Reads the first model of each range of keys that it is given. */
    static PartsReader ofTheFirst() {
        return new PartsReader(Set.of(), true);
    }

    @Override
    public void open(OpenContext context) {
        parts = getRuntimeContext().getMapState(KeyedPartStore.descriptor());
    }

    @Override
    public void readKey(String model, Context context, Collector<PartPiece> out) throws Exception {
        if (first && models.isEmpty()) {
            models.add(model);
        }
        if (!models.contains(model)) {
            // Flink's reader takes a key without a record for a record that is null.
            out.collect(PartPiece.skipped(model));
            return;
        }
        for (Map.Entry<String, byte[]> part : parts.entries()) {
            cut(model, part.getKey(), part.getValue(), out);
        }
    }

    private static void cut(String model, String part, byte[] bytes, Collector<PartPiece> out) {
        int from = 0;
        do {
            int to = Math.min(bytes.length, from + PartPiece.LONGEST);
            out.collect(
                    new PartPiece(
                            model, part, Arrays.copyOfRange(bytes, from, to), to == bytes.length));
            from = to;
        } while (from < bytes.length);
    }
}
