// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.creative.CreativeDuplicates;
import dev.kedge.operators.creative.CreativeDuplicates.Twin;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link CreativeDuplicates}. Savepoints know this class by its name. */
public final class CreativeDuplicatesCodec implements BinaryCodec<CreativeDuplicates> {
    private static final long serialVersionUID = 1L;

    /** A twin takes a length, eight bytes and a constant at least. */
    private static final int LEAST_TWIN = 10;

    @Override
    public void write(CreativeDuplicates value, DataOutputView to) throws IOException {
        Views.writeText(value.model(), to);
        Views.writeText(value.creative(), to);
        Views.writeLong(value.at(), to);
        Constants.write(value.cause(), to);
        Views.writeText(value.group(), to);
        Views.writeLong(value.twins().size(), to);
        for (Twin twin : value.twins()) {
            Views.writeText(twin.creative(), to);
            to.writeDouble(twin.similarity());
            Constants.write(twin.tie(), to);
        }
        Views.writeLong(value.modelVersion(), to);
    }

    @Override
    public CreativeDuplicates read(DataInputView from) throws IOException {
        return new CreativeDuplicates(
                Views.readText(from),
                Views.readText(from),
                Views.readLong(from),
                Constants.read(CreativeDuplicates.Cause.class, from),
                Views.readText(from),
                twins(from),
                Views.readLong(from));
    }

    private static List<Twin> twins(DataInputView from) throws IOException {
        List<Twin> twins = new ArrayList<>();
        for (int left = Views.readLength(LEAST_TWIN, from); left > 0; left--) {
            twins.add(
                    new Twin(
                            Views.readText(from),
                            from.readDouble(),
                            Constants.read(CreativeDuplicates.Tie.class, from)));
        }
        return List.copyOf(twins);
    }
}
