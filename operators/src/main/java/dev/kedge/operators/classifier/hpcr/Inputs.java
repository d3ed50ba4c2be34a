// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.api.PublicApi;

/** What a learner makes of numbers that come in, before anything is computed with them. */
@PublicApi
public enum Inputs {
    /** Nothing: they are taken as they are. */
    NONE,
    /** Each number is moved to within five standard deviations of its running mean. */
    CLIP,
    /**
     * Each number becomes standard deviations from its running mean, at most five: numbers of
     * unlike sizes weigh alike, and an outlier weighs no more than any other rare value.
     */
    STANDARDISE
}
