// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

/** A savepoint, or what is wanted from it, is not there or cannot be read. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says why, in one line. */
    public StateException(String message) {
        super(message);
    }

    /** Says why, in one line. */
    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
