// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

/**
 * What the benchmarks learn from.
 *
 * @param model the key
 * @param features what is known; not copied
 * @param positive what is to be predicted
 */
record Sample(String model, float[] features, boolean positive) {}
