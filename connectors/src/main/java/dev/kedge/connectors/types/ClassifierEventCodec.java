// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.Label;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes samples and labels: one byte of type, then the fields, whole numbers in as few bytes as
 * they need. Savepoints know this class by its name.
 */
public final class ClassifierEventCodec implements BinaryCodec<ClassifierEvent> {
    private static final long serialVersionUID = 1L;

    private static final int SAMPLE = 1;
    private static final int LABELLED_SAMPLE = 2;
    private static final int LABEL = 3;

    @Override
    public void write(ClassifierEvent event, DataOutputView to) throws IOException {
        to.writeByte(type(event));
        Views.writeText(event.model(), to);
        Views.writeText(event.id(), to);
        Views.writeLong(event.at(), to);
        if (event instanceof Sample sample) {
            Views.writeBytes(sample.input(), to);
            if (sample.label().isPresent()) {
                Views.writeText(sample.label().get(), to);
            }
        } else if (event instanceof Label label) {
            Views.writeText(label.label(), to);
        }
    }

    private static int type(ClassifierEvent event) {
        if (event instanceof Sample sample) {
            return sample.label().isPresent() ? LABELLED_SAMPLE : SAMPLE;
        }
        return LABEL;
    }

    @Override
    public ClassifierEvent read(DataInputView from) throws IOException {
        int type = from.readByte();
        String model = Views.readText(from);
        String id = Views.readText(from);
        long at = Views.readLong(from);
        return switch (type) {
            case SAMPLE -> new Sample(model, id, at, Views.readBytes(from), Optional.empty());
            case LABELLED_SAMPLE ->
                    new Sample(
                            model,
                            id,
                            at,
                            Views.readBytes(from),
                            Optional.of(Views.readText(from)));
            case LABEL -> new Label(model, id, at, Views.readText(from));
            default -> throw new IOException("damaged: no classifier event of type " + type);
        };
    }
}
