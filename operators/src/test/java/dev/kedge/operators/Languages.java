// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators;

import java.util.Locale;

/** The JVM's language, which changes between restarts; closed, it is what it was. */
public final class Languages implements AutoCloseable {
    /** Formats numbers in digits of its own, and reads 0 to 9 all the same. */
    private static final Locale EGYPT = Locale.forLanguageTag("ar-EG");

    private final Locale before = Locale.getDefault();

    /** Another language from the next call of anything on. */
    public void change() {
        Locale.setDefault(Locale.getDefault().equals(EGYPT) ? Locale.ENGLISH : EGYPT);
    }

    /** Whether this JVM has the digits of Egypt; without them a test would show nothing. */
    public static boolean hasOtherDigits() {
        return !String.format(EGYPT, "%d", 7).equals("7");
    }

    @Override
    public void close() {
        Locale.setDefault(before);
    }
}
