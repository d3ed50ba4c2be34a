// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.creative.CreativeDiscontinued;
import dev.kedge.operators.creative.CreativeEvent;
import dev.kedge.operators.creative.CreativeLaunched;
import dev.kedge.operators.creative.CreativeReactivated;
import dev.kedge.operators.creative.IntervalStatistics;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes creative events: one byte of type, then the fields, whole numbers in as few bytes as they
 * need. Savepoints know this class by its name.
 */
public final class CreativeEventCodec implements BinaryCodec<CreativeEvent> {
    private static final long serialVersionUID = 1L;

    private static final int LAUNCHED = 1;
    private static final int STATISTICS = 2;
    private static final int DISCONTINUED = 3;
    private static final int REACTIVATED = 4;

    @Override
    public void write(CreativeEvent event, DataOutputView to) throws IOException {
        to.writeByte(type(event));
        Views.writeText(event.model(), to);
        Views.writeText(event.creative(), to);
        Views.writeLong(event.at(), to);
        if (event instanceof CreativeLaunched launched) {
            ContentForm.write(launched.content(), to);
        } else if (event instanceof IntervalStatistics statistics) {
            writeStatistics(statistics, to);
        } else if (event instanceof CreativeDiscontinued discontinued) {
            Views.writeText(discontinued.reason(), to);
        }
    }

    private static int type(CreativeEvent event) {
        if (event instanceof IntervalStatistics) {
            return STATISTICS;
        }
        if (event instanceof CreativeLaunched) {
            return LAUNCHED;
        }
        return event instanceof CreativeDiscontinued ? DISCONTINUED : REACTIVATED;
    }

    @Override
    public CreativeEvent read(DataInputView from) throws IOException {
        int type = from.readByte();
        String model = Views.readText(from);
        String creative = Views.readText(from);
        long at = Views.readLong(from);
        return switch (type) {
            case LAUNCHED -> new CreativeLaunched(model, creative, at, ContentForm.read(from));
            case STATISTICS -> readStatistics(model, creative, at, from);
            case DISCONTINUED ->
                    new CreativeDiscontinued(model, creative, at, Views.readText(from));
            case REACTIVATED -> new CreativeReactivated(model, creative, at);
            default -> throw new IOException("damaged: no creative event of type " + type);
        };
    }

    private static void writeStatistics(IntervalStatistics statistics, DataOutputView to)
            throws IOException {
        Views.writeLong(statistics.period(), to);
        Views.writeLong(statistics.impressions(), to);
        Views.writeLong(statistics.clicks(), to);
        Views.writeLong(statistics.conversions(), to);
        to.writeDouble(statistics.spend());
    }

    private static IntervalStatistics readStatistics(
            String model, String creative, long at, DataInputView from) throws IOException {
        return new IntervalStatistics(
                model,
                creative,
                at,
                Views.readInt(from),
                Views.readLong(from),
                Views.readLong(from),
                Views.readLong(from),
                from.readDouble());
    }
}
