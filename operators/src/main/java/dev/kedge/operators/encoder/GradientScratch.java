// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

/** Room for the gradients of maps on their way down, shared by all blocks of a network. */
final class GradientScratch {
    private final float[] maps;
    private float[] upstream;
    private float[] inner;

    /**
     * Makes room.
     *
     * @param size values of the largest maps of a batch
     */
    GradientScratch(int size) {
        maps = new float[size];
        upstream = new float[size];
        inner = new float[size];
    }

    /** Gradient of what a block put out. */
    float[] upstream() {
        return upstream;
    }

    /** Becomes the gradient of what came into the block. */
    float[] inner() {
        return inner;
    }

    /** Gradient between convolution and normalisation. */
    float[] maps() {
        return maps;
    }

    /** What came into this block is what the block below put out. */
    void swap() {
        float[] below = inner;
        inner = upstream;
        upstream = below;
    }
}
