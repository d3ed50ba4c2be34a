// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.formats;

import dev.kedge.state.settings.Meaning;
import java.io.Serializable;

/**
 * The formats of a job's topics. Commands and decisions are JSON, and dead letters the original
 * bytes, whatever stands here.
 */
public record Formats(
        @Meaning("Format of the records that are learned from.") Format input,
        @Meaning("Format of scores, metrics and near-duplicates.") Format output)
        implements Serializable {
    /** JSON everywhere. */
    public static final Formats JSON = new Formats(Format.JSON, Format.JSON);

    /** How records are spelled. */
    public enum Format {
        /** One object a record. */
        JSON,
        /** Avro's binary form, with the number of its schema in front. */
        AVRO,
        /** Protocol Buffers, with the number of their file and which message of it in front. */
        PROTOBUF
    }

    /** Whether all is JSON. */
    public boolean plain() {
        return input == Format.JSON && output == Format.JSON;
    }
}
