// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.classifier.hpcr.Prediction;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.Derived;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.Rounded;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model said of a sample the moment it came, before it learned from it. Once the sample's
 * label is known the same leaves again with the label.
 *
 * @param model the model
 * @param id the sample
 * @param at the sample's event time, epoch milliseconds
 * @param ranked the likeliest classes with their probabilities, best first; empty as long as the
 *     model has learned none
 * @param novelty how unlike all known classes the sample is: see {@link Prediction#novelty}
 * @param modelVersion steps that the model had made
 * @param featureTime event time of the newest sample that the model had learned from, epoch
 *     milliseconds; that of this sample if there was none
 * @param label the sample's class, if it is known
 */
@PublicApi
public record ClassifierScore(
        String model,
        String id,
        @Moment long at,
        List<Prediction.Ranked> ranked,
        @Rounded double novelty,
        long modelVersion,
        @Moment long featureTime,
        Optional<String> label) {
    /** Freezes the list. */
    public ClassifierScore {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(id, "id");
        ranked = List.copyOf(ranked);
        Objects.requireNonNull(label, "label");
    }

    /** Whether the likeliest class was the right one; empty as long as nobody knows. */
    @Derived
    public Optional<Boolean> correct() {
        return label.map(truth -> !ranked.isEmpty() && ranked.get(0).label().equals(truth));
    }

    /** What a model answers to a sample, up to the newest moment that it learned. */
    static ClassifierScore of(String model, Sample sample, Prediction said, long newest) {
        long at = sample.at();
        List<Prediction.Ranked> ranked = said.ranked();
        Optional<String> unknown = Optional.empty();
        return new ClassifierScore(
                model, sample.id(), at, ranked, said.novelty(), said.step(), newest, unknown);
    }

    /** The same, now that the label is known. */
    ClassifierScore judged(String truth) {
        return new ClassifierScore(
                model, id, at, ranked, novelty, modelVersion, featureTime, Optional.of(truth));
    }
}
