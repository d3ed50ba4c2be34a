// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

/**
 * What a key remembers cannot be brought to life: its bytes are damaged, or the job asks for
 * another model. Starting again would not help.
 */
public final class UnreadableModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which model and why, in one line. */
    UnreadableModelException(String key, RuntimeException reason) {
        super("model '" + key + "' cannot be brought to life: " + reason.getMessage());
        addSuppressed(reason);
    }
}
