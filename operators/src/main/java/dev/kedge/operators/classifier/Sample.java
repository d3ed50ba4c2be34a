// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.state.api.PublicApi;
import java.util.Objects;
import java.util.Optional;

/**
 * Something to classify. The input is not copied and must not change.
 *
 * @param model the model
 * @param id name of the sample, by which a label finds it
 * @param at event time, epoch milliseconds
 * @param input its values as the model's {@link dev.kedge.operators.encoder.InputForm} has them
 * @param label its class, if it is known already
 */
@PublicApi
public record Sample(String model, String id, long at, byte[] input, Optional<String> label)
        implements ClassifierEvent {
    /** Checks that nothing is missing. */
    public Sample {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(label, "label");
    }
}
