// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Checks;
import java.util.Arrays;
import java.util.Locale;

/**
 * What is made of the values of an image before it is encoded, by that image alone: nothing is
 * learned and nothing remembered. All of its values, of all channels, have one mean and one
 * standard deviation, so that colours stay apart.
 */
@PublicApi
public enum InputNormalisation {
    /** {@link #CENTRE} for images, nothing for other numbers. */
    AUTO,
    /** Nothing: values are taken as they are, 0 to 1 for images. */
    NONE,
    /** Their mean is taken away. */
    CENTRE,
    /**
     * Their mean is taken away, and what is left divided by their standard deviation, or by 1 /
     * sqrt(values) where that is larger: an image without contrast becomes zeros and not noise.
     * This is TensorFlow's {@code per_image_standardization}.
     */
    STANDARDISE;

    /** What this is for inputs of a form. */
    public InputNormalisation of(InputForm form) {
        if (this != AUTO) {
            return this;
        }
        return form == InputForm.BYTES ? CENTRE : NONE;
    }

    /**
     * Refuses what is only for images.
     *
     * @throws IllegalArgumentException if inputs of a form cannot have this
     */
    public void require(InputForm form) {
        boolean fits = form == InputForm.BYTES || of(form) == NONE;
        String word = name().toLowerCase(Locale.ROOT);
        String allowed = "auto or none where inputs are given features and no images";
        Checks.require(fits, "normalisation", word, allowed);
    }

    /** One by its stored name; {@link #AUTO} for a name of another version. */
    public static InputNormalisation stored(String name) {
        return Arrays.stream(values())
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElse(AUTO);
    }

    /**
     * What does it to a row.
     *
     * @param width values of a row
     */
    public InputScaling scaling(int width) {
        return switch (this) {
            case NONE -> InputScaling.NONE;
            case AUTO, CENTRE -> (values, at) -> apply(values, at, width, false);
            case STANDARDISE -> (values, at) -> apply(values, at, width, true);
        };
    }

    private static void apply(float[] values, int at, int width, boolean divides) {
        double sum = 0;
        for (int i = at; i < at + width; i++) {
            sum += values[i];
        }
        double mean = sum / width;
        double squares = 0;
        for (int i = at; i < at + width; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        double deviation = Math.max(Math.sqrt(squares / width), 1 / Math.sqrt(width));
        double factor = divides ? 1 / deviation : 1;
        for (int i = at; i < at + width; i++) {
            values[i] = (float) (factor * (values[i] - mean));
        }
    }
}
