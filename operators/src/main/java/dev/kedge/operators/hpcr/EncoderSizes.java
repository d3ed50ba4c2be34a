// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.hpcr;

import java.io.Serializable;
import java.util.List;

/**
 * Sizes of the encoders that have a choice.
 *
 * @param mlp of {@link EncoderName#MLP}
 * @param convnet of {@link EncoderName#CONVNET}
 */
public record EncoderSizes(Mlp mlp, Convnet convnet) implements Serializable {
    /**
     * Fully connected layers.
     *
     * @param layers width of each
     */
    public record Mlp(List<Integer> layers) implements Serializable {
        /** Freezes and checks the list. */
        public Mlp {
            layers = positive("mlp.layers", layers);
        }
    }

    /**
     * A small convolutional network.
     *
     * @param convolutions channels of each
     * @param features width of the embedding
     */
    public record Convnet(List<Integer> convolutions, int features) implements Serializable {
        /** Freezes and checks the list. */
        public Convnet {
            convolutions = positive("convnet.convolutions", convolutions);
            if (features < 1) {
                throw refused("convnet.features", features, "at least 1");
            }
        }
    }

    private static List<Integer> positive(String field, List<Integer> values) {
        if (values.isEmpty() || values.stream().anyMatch(value -> value < 1)) {
            throw refused(field, values, "whole numbers of at least 1");
        }
        return List.copyOf(values);
    }

    private static IllegalArgumentException refused(String field, Object value, String allowed) {
        return new IllegalArgumentException(
                field + ": " + value + " is not allowed; it must be " + allowed);
    }
}
