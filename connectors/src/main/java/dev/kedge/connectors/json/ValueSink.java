// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.io.IOException;

/** Takes the values of one record in their order; in an object, each behind its name. */
interface ValueSink {
    /** The name of the next value. */
    void name(String next) throws IOException;

    void text(String value) throws IOException;

    /** A moment in epoch milliseconds. */
    void moment(long epochMillis) throws IOException;

    void whole(long value) throws IOException;

    void number(double value) throws IOException;

    /** A number of 32 bits. */
    void single(float value) throws IOException;

    void truth(boolean value) throws IOException;

    void nothing() throws IOException;

    void beginObject() throws IOException;

    void endObject() throws IOException;

    void beginArray() throws IOException;

    void endArray() throws IOException;
}
