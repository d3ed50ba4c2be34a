// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

/**
 * One life of a creative.
 *
 * @param creative the creative
 * @param number 0 for the first life
 * @param start when it began, epoch milliseconds
 */
record Spell(Creative creative, int number, long start) {
    static final long DAY = 86_400_000L;

    long dayStart(int day) {
        return start + day * DAY;
    }
}
