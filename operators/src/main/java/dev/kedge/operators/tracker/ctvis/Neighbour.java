// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

/**
 * An instance that is like something.
 *
 * @param id its number
 * @param similarity cosine
 * @param label its class, or empty
 */
public record Neighbour(long id, double similarity, String label) {}
