// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.image.ImageShape;
import dev.kedge.state.api.PublicApi;
import java.util.Locale;
import java.util.Optional;

/** The encoders that a continual classifier can have. */
@PublicApi
public enum EncoderName {
    /** The input itself. */
    IDENTITY,
    /** Fully connected layers. */
    MLP,
    /** Convolutions of stride 2, then one fully connected layer. */
    CONVNET,
    /** The reduced ResNet-18 of the replay literature. */
    REDUCED_RESNET18,
    /** ResNet-18 with a 3x3 stem, for small images. */
    RESNET18;

    /**
     * What makes the encoder.
     *
     * @param field which field names it, for messages
     * @param width values of an input
     * @param image sides of an input, if inputs are images
     * @param sizes sizes of the network
     * @throws IllegalArgumentException if it wants images and there are none, or too small ones
     */
    public EncoderFactory factory(
            String field, int width, Optional<ImageShape> image, EncoderSizes sizes) {
        return switch (this) {
            case IDENTITY -> (layout, rows, product) -> new IdentityEncoder(width);
            case MLP ->
                    (layout, rows, product) ->
                            new MlpEncoder(layout, width, sizes.mlp().layers(), rows, product);
            case CONVNET -> convnet(ofImages(field, image), sizes.convnet());
            case REDUCED_RESNET18 -> resNet18(field, ofImages(field, image), ResNet18.REDUCED);
            case RESNET18 -> resNet18(field, ofImages(field, image), ResNet18.FULL);
        };
    }

    private ImageShape ofImages(String field, Optional<ImageShape> image) {
        return image.orElseThrow(() -> refused(field, "the data must be images"));
    }

    private static EncoderFactory convnet(ImageShape shape, EncoderSizes.Convnet sizes) {
        ConvNet.Settings sides = ConvNet.Settings.of(shape, sizes.convolutions(), sizes.features());
        return (layout, rows, product) -> new ConvNet(layout, sides, rows, product);
    }

    private EncoderFactory resNet18(String field, ImageShape shape, int stem) {
        int min = ResNet18.MIN_SIDE;
        if (Math.min(shape.height(), shape.width()) < min) {
            String sides = shape.height() + " x " + shape.width();
            throw refused(field, "images are " + sides + ", their sides must be at least " + min);
        }
        return (layout, rows, product) ->
                new ResNet18(layout, stem, shape.channels(), shape.height(), shape.width(), rows);
    }

    private IllegalArgumentException refused(String field, String allowed) {
        String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new IllegalArgumentException(field + ": " + word + " is not allowed; " + allowed);
    }
}
