// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

/** Between the encoder's single precision and the losses' double precision. */
final class Widening {
    private Widening() {}

    static void widen(float[] from, int fromAt, double[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from[fromAt + i];
        }
    }

    static void add(double[] from, float[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] += (float) from[i];
        }
    }
}
