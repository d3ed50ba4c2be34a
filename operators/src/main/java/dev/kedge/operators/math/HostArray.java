// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import dev.kedge.operators.math.device.Nd4jLoading;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes ND4J's arrays, all of them, so that nothing of ND4J comes to life before {@link
 * Nd4jLoading}.
 */
final class HostArray {
    static {
        Nd4jLoading.ensure();
    }

    private HostArray() {}

    /** An array of zeros, rows after rows. */
    static INDArray of(long... sides) {
        return Nd4j.create(DataType.FLOAT, sides, 'c');
    }
}
