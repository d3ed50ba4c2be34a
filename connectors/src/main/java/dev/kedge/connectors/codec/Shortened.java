// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

/** Text cut to what a message can bear. */
final class Shortened {
    private static final int MOST = 80;

    private Shortened() {}

    static String text(String whole) {
        return whole.length() <= MOST ? whole : whole.substring(0, MOST) + "...";
    }
}
