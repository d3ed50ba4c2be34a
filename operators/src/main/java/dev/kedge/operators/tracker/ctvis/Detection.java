// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.api.PublicApi;
import java.util.Optional;

/**
 * One detection of a frame.
 *
 * @param input its crop or its features as bytes, in the form that the settings name; not copied
 * @param score how sure the detector is, from 0 to 1
 * @param label its class; empty if not given
 * @param identity which instance it truly is; empty if not given
 * @param box where it is; a duplicate is only known by its box
 */
@PublicApi
public record Detection(
        byte[] input, double score, String label, String identity, Optional<Box> box) {
    /** Checks the score. */
    public Detection {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException(
                    "detection.score: " + score + " is not allowed; it must be between 0 and 1");
        }
    }

    /** A detection without class, identity and box. */
    public static Detection of(byte[] input, double score) {
        return new Detection(input, score, "", "", Optional.empty());
    }

    /** A detection by features, without class, identity and box. */
    public static Detection of(float[] features, double score) {
        return of(InputForm.encode(features), score);
    }

    /** The same of a class. */
    public Detection withLabel(String other) {
        return new Detection(input, score, other, identity, box);
    }

    /** The same of a known instance. */
    public Detection withIdentity(String other) {
        return new Detection(input, score, label, other, box);
    }

    /** The same at a place. */
    public Detection withBox(Box other) {
        return new Detection(input, score, label, identity, Optional.of(other));
    }
}
