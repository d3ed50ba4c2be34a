// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

/** What the last map of the head of each column read when hazards were asked for last. */
@FunctionalInterface
public interface HeadInputs {
    /**
     * The embeddings, or behind layers of the head's own what these made of them.
     *
     * @param column a column of the hazards
     * @return rows x width, the same width for all columns; valid until the heads compute again
     */
    float[] inputs(int column);
}
