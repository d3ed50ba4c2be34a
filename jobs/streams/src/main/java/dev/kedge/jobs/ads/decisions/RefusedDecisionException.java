// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

/** Says in one line why a decision is not taken. */
public final class RefusedDecisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedDecisionException(String message) {
        super(message);
    }
}
