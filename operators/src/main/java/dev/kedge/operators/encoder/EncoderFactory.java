// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;

/** Makes the encoder of a learner. */
@FunctionalInterface
public interface EncoderFactory {
    /**
     * Declares the parameters.
     *
     * @param maxRows most rows of a batch
     */
    Encoder<DenseBatch> make(Layout.Builder layout, int maxRows, MatrixProduct product);
}
