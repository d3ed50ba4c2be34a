// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import java.util.Objects;

/**
 * An event that could be read, with the bytes that it was read from, so that a later refusal can
 * still hand them back.
 *
 * @param event the event
 * @param origin where it came from
 * @param original the bytes as they came; not copied
 * @param <E> type of the event
 */
public record Incoming<E>(E event, Origin origin, byte[] original) {
    /** Checks that nothing is missing. */
    public Incoming {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(original, "original");
    }
}
