// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

/** A cluster cannot be started, or does not do what it is asked. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says why, in one line. */
    public ClusterException(String message) {
        super(message);
    }

    /** Says why, in one line. */
    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
