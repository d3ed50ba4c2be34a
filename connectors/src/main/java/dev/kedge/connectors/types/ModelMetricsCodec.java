// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.creative.ModelMetrics;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link ModelMetrics}. Savepoints know this class by its name. */
public final class ModelMetricsCodec implements BinaryCodec<ModelMetrics> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(ModelMetrics value, DataOutputView to) throws IOException {
        Views.writeText(value.model(), to);
        Views.writeLong(value.at(), to);
        Views.writeLong(value.modelVersion(), to);
        Views.writeLong(value.personPeriods(), to);
        Views.writeLong(value.discontinuations(), to);
        Views.writeLong(value.running(), to);
        to.writeDouble(value.loss());
        to.writeDouble(value.concordanceShort());
        to.writeDouble(value.concordanceLong());
        to.writeDouble(value.concordanceAll());
        Views.writeLong(value.judged(), to);
        to.writeDouble(value.unknownShare());
        Views.writeLong(value.duplicates(), to);
        Views.writeLong(value.deadLetters(), to);
    }

    @Override
    public ModelMetrics read(DataInputView from) throws IOException {
        return new ModelMetrics(
                Views.readText(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                Views.readLong(from),
                from.readDouble(),
                Views.readLong(from),
                Views.readLong(from));
    }
}
