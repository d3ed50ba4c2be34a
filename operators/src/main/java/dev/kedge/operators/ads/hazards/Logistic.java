// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

/** The logistic function and its integral, safe for logits of any size. */
final class Logistic {
    private Logistic() {}

    /** {@code log(1 + exp(a))}: minus the log of one minus the hazard. */
    static double softplus(double logit) {
        return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    }

    /** {@code 1 / (1 + exp(-a))}: the hazard. */
    static double sigmoid(double logit) {
        double small = Math.exp(-Math.abs(logit));
        return (logit >= 0 ? 1 : small) / (1 + small);
    }
}
