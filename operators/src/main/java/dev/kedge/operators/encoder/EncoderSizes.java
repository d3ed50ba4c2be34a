// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Count;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;
import java.util.List;

/** Sizes of the encoders that have a choice. */
@PublicApi
public record EncoderSizes(Mlp mlp, Convnet convnet) implements Serializable {
    /** Small ones. */
    public static final EncoderSizes DEFAULT =
            new EncoderSizes(new Mlp(List.of(256, 128)), new Convnet(List.of(16, 32), 128));

    /** Fully connected layers. */
    public record Mlp(
            @Meaning("Widths of the encoder `mlp`.") @Count(min = 1) @Range(min = 1)
                    List<Integer> layers)
            implements Serializable {
        /** Freezes and checks the list. */
        public Mlp {
            layers = List.copyOf(layers);
        }
    }

    /** A small convolutional network. */
    public record Convnet(
            @Meaning("Channels of the 3x3 convolutions of stride 2 of the encoder `convnet`.")
                    @Count(min = 1)
                    @Range(min = 1)
                    List<Integer> convolutions,
            @Meaning("Width of its embedding.") @Range(min = 1) int features)
            implements Serializable {
        /** Freezes and checks the list. */
        public Convnet {
            convolutions = List.copyOf(convolutions);
        }
    }
}
