// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

/** Hazards and their log odds. No expert is ever quite sure: hazards stay away from 0 and 1. */
final class Odds {
    /** Log odds of the smallest hazard that counts, 1e-4; of the largest with the other sign. */
    private static final double LIMIT = Math.log((1 - 1e-4) / 1e-4);

    private Odds() {}

    /** Log odds of a hazard, within the limits. */
    static double logit(double hazard) {
        return limited(Math.log(hazard / (1 - hazard)));
    }

    /** Log odds within the limits; what is no number counts as the lower one. */
    static double limited(double logit) {
        return logit >= -LIMIT ? Math.min(LIMIT, logit) : -LIMIT;
    }

    static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
