// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

/** Says what is wrong with a request. */
public final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says it in one line. */
    public BadRequestException(String message) {
        super(message);
    }
}
