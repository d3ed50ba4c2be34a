// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import dev.kedge.operators.stream.DeadLetter;
import java.util.regex.Matcher;

/** Bytes that are not an event. The message names the field, its value and what is allowed. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DeadLetter.Reason reason;

    /** Refuses with a kind and a sentence; cheap, without a stack trace: it is an outcome. */
    public UndecodableException(DeadLetter.Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The kind of refusal, for the dead letter. */
    public DeadLetter.Reason reason() {
        return reason;
    }

    /** Refuses what is no record at all. */
    public static UndecodableException unreadable(String message) {
        return new UndecodableException(DeadLetter.Reason.UNREADABLE, message);
    }

    public static UndecodableException invalid(String field, Object value, String allowed) {
        return new UndecodableException(
                DeadLetter.Reason.INVALID,
                "field '"
                        + Shortened.text(field)
                        + "' is "
                        + Shortened.text(String.valueOf(value))
                        + ", allowed: "
                        + allowed);
    }

    static UndecodableException missing(String field, String allowed) {
        return new UndecodableException(
                DeadLetter.Reason.INVALID, "field '" + field + "' is missing, allowed: " + allowed);
    }

    /** The same, with what the field lies in. */
    public UndecodableException within(String outer) {
        return new UndecodableException(
                reason,
                getMessage()
                        .replaceFirst(
                                "^field '", Matcher.quoteReplacement("field '" + outer + ".")));
    }
}
