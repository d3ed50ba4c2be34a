// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.parameters;

/** A snapshot holds parameters that do not fit the job's layout; the message says which. */
public final class IncompatibleLayoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what differs. */
    public IncompatibleLayoutException(String message) {
        super(message);
    }
}
