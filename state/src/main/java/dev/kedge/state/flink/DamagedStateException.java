// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

/**
 * What Flink keeps for a model is not what was written: a checksum is wrong. Starting again from
 * the same checkpoint would not help.
 */
public final class DamagedStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String WORDS = "damaged state: ";

    /**
     * Says what is damaged.
     *
     * @param what model, part and reason, in one line
     */
    public DamagedStateException(String what) {
        super(WORDS + what);
    }

    /** Whether a message, such as comes out of Flink's failures, is of such an exception. */
    public static boolean isSaidIn(String message) {
        return message.contains(WORDS);
    }
}
