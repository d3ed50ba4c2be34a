// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link TrackerMetrics}. Savepoints know this class by its name. */
public final class TrackerMetricsCodec implements BinaryCodec<TrackerMetrics> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(TrackerMetrics value, DataOutputView to) throws IOException {
        Views.writeText(value.model(), to);
        Views.writeLong(value.at(), to);
        Views.writeLong(value.modelVersion(), to);
        Views.writeLong(value.streams(), to);
        Views.writeLong(value.instances(), to);
        Views.writeLong(value.waiting(), to);
        Views.writeLong(value.frames(), to);
        Views.writeLong(value.detections(), to);
        Views.writeLong(value.dropped(), to);
        Views.writeLong(value.births(), to);
        Views.writeLong(value.deaths(), to);
        Views.writeLong(value.evicted(), to);
        Views.writeLong(value.reidentified(), to);
        Views.writeLong(value.duplicates(), to);
        Views.writeLong(value.deadLetters(), to);
        Views.writeLong(value.judged(), to);
        Views.writeLong(value.switches(), to);
        to.writeDouble(value.idf1());
        to.writeDouble(value.idPrecision());
        to.writeDouble(value.idRecall());
        to.writeDouble(value.association());
        to.writeDouble(value.loss());
        Views.writeLong(value.stepsRefused(), to);
    }

    /** The first version ended with the loss. */
    @Override
    public int version() {
        return 2;
    }

    @Override
    public TrackerMetrics read(DataInputView from) throws IOException {
        return read(2, from);
    }

    @Override
    public TrackerMetrics read(int version, DataInputView from) throws IOException {
        if (version < 1 || version > version()) {
            return BinaryCodec.super.read(version, from);
        }
        return new TrackerMetrics(
                Views.readText(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                from.readDouble(),
                version == 1 ? 0 : Views.readLong(from));
    }
}
