// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import dev.kedge.state.flink.KeyedPartStore;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.util.Collector;

/** Counts each model's parts where they are read, so that no bytes of them travel. */
final class FiguresReader extends KeyedStateReaderFunction<String, ModelFigures> {
    private static final long serialVersionUID = 1L;

    private transient MapState<String, byte[]> parts;

    @Override
    public void open(OpenContext context) {
        parts = getRuntimeContext().getMapState(KeyedPartStore.descriptor());
    }

    @Override
    public void readKey(String model, Context context, Collector<ModelFigures> out)
            throws Exception {
        ModelFigures.Builder figures = new ModelFigures.Builder(model);
        for (Map.Entry<String, byte[]> part : parts.entries()) {
            figures.add(part.getKey(), part.getValue());
        }
        out.collect(figures.build());
    }
}
