// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

/** Rows that are encoded together. */
public interface Batch {
    /** Number of rows, at least 0. */
    int rows();

    /**
     * Which rows a row is normalised with, where there is batch normalisation: those of the same
     * group. Groups count from 0 in the order in which running statistics follow them.
     */
    default int group(int row) {
        return 0;
    }

    /** Number of groups; some may be without rows. */
    default int groups() {
        return 1;
    }
}
