// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.Rounded;
import java.util.List;

/**
 * What a model answers.
 *
 * @param ranked the likeliest classes, best first; empty as long as the model has learned none
 * @param novelty how unlike all known classes the input is: 1 less the largest cosine where the
 *     read-out has cosines (0 to 2), else 1 less the largest probability (0 to 1); 1 if nothing is
 *     known
 * @param step steps the model had made
 */
public record Prediction(List<Ranked> ranked, double novelty, long step) {
    /** Freezes the list. */
    public Prediction {
        ranked = List.copyOf(ranked);
    }

    /**
     * A class with its probability.
     *
     * @param label name of the class
     * @param probability softmax over all classes seen
     */
    @PublicApi
    public record Ranked(String label, @Rounded double probability) {}
}
