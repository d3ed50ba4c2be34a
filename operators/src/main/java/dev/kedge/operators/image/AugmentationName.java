// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.api.PublicApi;
import java.util.Locale;
import java.util.Optional;

/** The second views that a continual classifier can have. */
@PublicApi
public enum AugmentationName {
    /** The second view is the first. */
    NONE,
    /** Crops. */
    CROP,
    /** Crops, flips, colour jitter and grey, as the authors of PCR and HPCR have it. */
    REFERENCE;

    /**
     * What makes the view.
     *
     * @param field which field names it, for messages
     * @param image sides of an input, if inputs are images
     * @throws IllegalArgumentException if it wants images and there are none
     */
    public Augmentation of(String field, Optional<ImageShape> image) {
        return switch (this) {
            case NONE -> Augmentation.NONE;
            case CROP -> views(field, image, RandomView.Settings.CROP);
            case REFERENCE -> views(field, image, RandomView.Settings.REFERENCE);
        };
    }

    private Augmentation views(
            String field, Optional<ImageShape> image, RandomView.Settings settings) {
        ImageShape shape =
                image.orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        format(
                                                "%s: %s is not allowed; the data must be images",
                                                field, name().toLowerCase(Locale.ROOT))));
        return new RandomView(shape, settings)::view;
    }
}
