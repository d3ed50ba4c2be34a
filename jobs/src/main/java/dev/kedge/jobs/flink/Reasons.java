// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import org.apache.flink.util.SerializedThrowable;

/** What is said of an exception that came out of Flink. */
public final class Reasons {
    private Reasons() {}

    /** The deepest reason, in one line. */
    public static String deepest(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null || at instanceof SerializedThrowable) {
            Throwable original = SerializedThrowable.get(at, Reasons.class.getClassLoader());
            if (original == at && at.getCause() == null) {
                break;
            }
            at = original == at ? at.getCause() : original;
        }
        String message = at.getMessage() == null ? at.toString() : at.getMessage();
        return message.lines().findFirst().orElse(at.toString());
    }
}
