// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

/** Rows inside flat arrays. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, int aFrom, double[] b, int bFrom, int width) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += a[aFrom + k] * b[bFrom + k];
        }
        return sum;
    }

    static void addScaled(
            double factor, double[] from, int fromAt, double[] to, int toAt, int width) {
        if (factor != 0) {
            for (int k = 0; k < width; k++) {
                to[toAt + k] += factor * from[fromAt + k];
            }
        }
    }
}
