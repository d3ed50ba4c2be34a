// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.BinaryTypeInfo;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Samples between source and learner: key, label, features. */
public final class SampleCodec implements BinaryCodec<Incoming<Sample>> {
    static final BinaryTypeInfo<Incoming<Sample>> TYPE =
            new BinaryTypeInfo<>(Incoming.class, new SampleCodec());

    private static final long serialVersionUID = 1L;
    private static final Origin ORIGIN = new Origin("bench", 0, 0, 0);
    private static final byte[] NO_BYTES = {};

    static Incoming<Sample> incoming(Sample sample) {
        return new Incoming<>(sample, ORIGIN, NO_BYTES);
    }

    @Override
    public void write(Incoming<Sample> value, DataOutputView to) throws IOException {
        Sample sample = value.event();
        to.writeUTF(sample.model());
        to.writeBoolean(sample.positive());
        to.writeInt(sample.features().length);
        for (float feature : sample.features()) {
            to.writeInt(Float.floatToRawIntBits(feature));
        }
    }

    @Override
    public Incoming<Sample> read(DataInputView from) throws IOException {
        String model = from.readUTF();
        boolean positive = from.readBoolean();
        float[] features = new float[from.readInt()];
        for (int i = 0; i < features.length; i++) {
            features[i] = Float.intBitsToFloat(from.readInt());
        }
        return incoming(new Sample(model, features, positive));
    }
}
