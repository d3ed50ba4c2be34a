// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.bank;

import dev.kedge.state.api.PublicApi;

/** By which vector a bank entry answers for its instance. */
@PublicApi
public enum ReadOut {
    /** The average whose momentum follows the similarity of each new embedding to the cached. */
    SIMILARITY_GUIDED,
    /** The average of fixed momentum. */
    FIXED_MOMENTUM,
    /** The mean of the cached embeddings; the j-th of n weighs as its score and j/n together. */
    TEMPORALLY_WEIGHTED,
    /** The latest embedding. */
    LAST
}
