// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.bank;

/** Arithmetic of vectors, summed from the first value to the last. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    static double length(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** Cosine of two vectors of given lengths; 0 if one has none. */
    static double cosine(double[] a, double lengthA, double[] b, double lengthB) {
        double lengths = lengthA * lengthB;
        return lengths == 0 ? 0 : dot(a, b) / lengths;
    }
}
