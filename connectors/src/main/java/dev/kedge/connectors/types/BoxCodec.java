// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.ctvis.Box;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes where a detection is, as a part of it. */
final class BoxCodec {
    private BoxCodec() {}

    static void write(Optional<Box> box, DataOutputView to) throws IOException {
        to.writeBoolean(box.isPresent());
        if (box.isPresent()) {
            to.writeDouble(box.get().left());
            to.writeDouble(box.get().top());
            to.writeDouble(box.get().right());
            to.writeDouble(box.get().bottom());
        }
    }

    static Optional<Box> read(DataInputView from) throws IOException {
        if (!Views.readBoolean(from)) {
            return Optional.empty();
        }
        double left = from.readDouble();
        double top = from.readDouble();
        double right = from.readDouble();
        double bottom = from.readDouble();
        try {
            return Optional.of(new Box(left, top, right, bottom));
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: " + e.getMessage(), e);
        }
    }
}
