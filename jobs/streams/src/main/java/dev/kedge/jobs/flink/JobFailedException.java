// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

/** A job could not start or did not survive. */
public final class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says why, in one line. */
    public JobFailedException(String message) {
        super(message);
    }

    /** Says why, in one line. */
    public JobFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
