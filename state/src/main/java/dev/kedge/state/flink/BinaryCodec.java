// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes values of one type to Flink's memory and reads them back. An implementation is a public
 * class without state and with a public constructor without parameters: savepoints know it by its
 * name. The values are treated as immutable, arrays in them included.
 *
 * @param <T> type of the values
 */
public interface BinaryCodec<T> extends Serializable {

    /** Version of the form that {@link #write} writes; one more after each change of it. */
    default int version() {
        return 1;
    }

    /** Writes a value in the newest form. */
    void write(T value, DataOutputView to) throws IOException;

    /** Reads a value in the newest form. */
    T read(DataInputView from) throws IOException;

    /**
     * Reads a value in an older form. A codec whose version grows overrides this.
     *
     * @param version the form it was written in
     */
    default T read(int version, DataInputView from) throws IOException {
        if (version != version()) {
            throw new IOException(
                    getClass().getName() + " does not read version " + version + " any more");
        }
        return read(from);
    }
}
