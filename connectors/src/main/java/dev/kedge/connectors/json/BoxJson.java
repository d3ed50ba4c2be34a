// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import dev.kedge.operators.tracker.ctvis.Box;
import java.io.IOException;
import java.util.Optional;

/** Rectangles as arrays: left, top, width, height. */
public final class BoxJson {
    private static final String BOX = "box";
    private static final String ALLOWED =
            "an array of 4 numbers from -1000000000 to 1000000000: left, top, width, height; the latter two 0 or more";
    private static final double MOST = 1e9;

    private BoxJson() {}

    /** The box of an object, if it has one. */
    public static Optional<Box> read(JsonFields fields) throws UndecodableException {
        Optional<JsonValue> found = fields.find(BOX);
        return found.isEmpty() ? Optional.empty() : Optional.of(box(found.get()));
    }

    private static Box box(JsonValue array) throws UndecodableException {
        if (!array.isArray() || array.size() != 4) {
            throw UndecodableException.invalid(BOX, array, ALLOWED);
        }
        double[] values = new double[4];
        int i = 0;
        for (JsonValue value : array.values()) {
            values[i] = JsonFields.finite(BOX, value, ALLOWED);
            if (Math.abs(values[i++]) > MOST) {
                throw UndecodableException.invalid(BOX, array, ALLOWED);
            }
        }
        try {
            return Box.ofSides(values[0], values[1], values[2], values[3]);
        } catch (IllegalArgumentException e) {
            throw UndecodableException.invalid(BOX, array, ALLOWED);
        }
    }

    public static void write(JsonOut to, Box box) throws IOException {
        to.numbers(BOX, new double[] {box.left(), box.top(), box.width(), box.height()});
    }
}
