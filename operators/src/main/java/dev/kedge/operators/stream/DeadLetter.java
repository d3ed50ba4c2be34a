// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;
import java.util.Objects;

/**
 * A record that could not be used, with the reason. Nothing is lost: the bytes are the original
 * ones.
 *
 * @param origin where it came from
 * @param original the bytes as they came; not copied
 * @param reason what kind of refusal
 * @param message what exactly is wrong, with field, value and what is allowed
 */
@PublicApi
public record DeadLetter(Origin origin, byte[] original, Reason reason, String message) {
    /** Checks that nothing is missing. */
    public DeadLetter {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(original, "original");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }

    /** Kinds of refusal. */
    public enum Reason {
        /** Not the format that the topic should hold. */
        UNREADABLE,
        /** A type that this version does not know. */
        UNKNOWN_TYPE,
        /** A field is missing, has the wrong type or is outside what makes sense. */
        INVALID,
        /** It came after its interval was closed and learned. */
        LATE,
        /** It speaks of a time that has not come. */
        FUTURE,
        /** It speaks of a creative that was never launched. */
        UNKNOWN_CREATIVE,
        /** The creative was discontinued before. */
        ALREADY_DISCONTINUED,
        /** The creative runs already. */
        ALREADY_RUNNING,
        /** A configured bound is reached. */
        OVER_CAPACITY,
        /** A label whose sample did not come in time. */
        UNKNOWN_SAMPLE,
        /** A frozen encoder failed on it. */
        UNENCODABLE
    }
}
