// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.ctvis.Box;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes where a detection is, as a part of it: how it is told, its corners, and its sides unless
 * they follow from the corners.
 */
final class BoxCodec {
    private static final int NONE = 0;
    private static final int CORNERS = 1;
    private static final int CORNERS_AND_SIDES = 2;

    private BoxCodec() {}

    static void write(Optional<Box> box, DataOutputView to) throws IOException {
        if (box.isEmpty()) {
            to.writeByte(NONE);
            return;
        }
        boolean corners = box.get().isToldByCorners();
        to.writeByte(corners ? CORNERS : CORNERS_AND_SIDES);
        to.writeDouble(box.get().left());
        to.writeDouble(box.get().top());
        to.writeDouble(box.get().right());
        to.writeDouble(box.get().bottom());
        if (!corners) {
            to.writeDouble(box.get().width());
            to.writeDouble(box.get().height());
        }
    }

    static Optional<Box> read(DataInputView from) throws IOException {
        int told = from.readUnsignedByte();
        if (told == NONE) {
            return Optional.empty();
        }
        if (told > CORNERS_AND_SIDES) {
            throw new IOException("damaged: " + told + " is no way to tell a box");
        }
        double left = from.readDouble();
        double top = from.readDouble();
        double right = from.readDouble();
        double bottom = from.readDouble();
        try {
            return Optional.of(
                    told == CORNERS
                            ? new Box(left, top, right, bottom)
                            : new Box(
                                    left,
                                    top,
                                    right,
                                    bottom,
                                    from.readDouble(),
                                    from.readDouble()));
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: " + e.getMessage(), e);
        }
    }
}
