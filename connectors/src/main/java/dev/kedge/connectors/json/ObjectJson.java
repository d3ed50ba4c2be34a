// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.state.record.BoundType;
import java.io.IOException;

/** Writes records of one type into a JSON object, and reads them from one. */
public interface ObjectJson {
    /** Writes a record's fields. */
    void write(Object record, JsonOut to) throws IOException;

    /** Reads what {@link #write} wrote; what else is in the object is the caller's business. */
    Object read(JsonFields from) throws UndecodableException;

    /** That of a record: derived from its components, unless they do not tell its form. */
    static ObjectJson of(BoundType type) {
        return type.raw() == TrackerScore.Seen.class ? new SeenJson() : new ComponentsJson(type);
    }
}
