// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

/** Text cut to what a message can bear. */
public final class Shortened {
    private static final int MOST = 80;

    private Shortened() {}

    /** A message of somebody else's, in one line. */
    public static String line(String message) {
        return text(message.replaceAll("\\s+", " "));
    }

    public static String text(String whole) {
        return whole.length() <= MOST ? whole : whole.substring(0, MOST) + "...";
    }
}
