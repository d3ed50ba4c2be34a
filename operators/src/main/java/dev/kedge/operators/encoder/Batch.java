// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

/** Rows that are encoded together. */
public interface Batch {
    /** Number of rows, at least 0. */
    int rows();
}
