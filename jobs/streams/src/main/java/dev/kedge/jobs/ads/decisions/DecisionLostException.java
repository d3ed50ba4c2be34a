// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

/** Says in one line why a decision was not written, or is not known to be. */
public final class DecisionLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DecisionLostException(String message, Throwable cause) {
        super(message, cause);
    }

    DecisionLostException(String message) {
        super(message);
    }
}
