// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Enum constants by name: a constant added in between does not shift the others. */
final class Constants {
    private Constants() {}

    static void write(Enum<?> constant, DataOutputView to) throws IOException {
        to.writeUTF(constant.name());
    }

    static <E extends Enum<E>> E read(Class<E> type, DataInputView from) throws IOException {
        String name = from.readUTF();
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: no " + type.getSimpleName() + " " + name, e);
        }
    }
}
