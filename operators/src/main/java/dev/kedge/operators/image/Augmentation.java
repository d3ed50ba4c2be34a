// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

import dev.kedge.state.random.RestorableRandom;

/** Makes the second view of an input. */
@FunctionalInterface
public interface Augmentation {
    /** The second view is the first. */
    Augmentation NONE = (input, random) -> input;

    /**
     * Makes a view.
     *
     * @param input as it came or was stored; not to be changed
     * @param random the model's own generator
     * @return a view of as many bytes
     */
    byte[] view(byte[] input, RestorableRandom random);
}
