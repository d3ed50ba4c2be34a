// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.state.api.PublicApi;
import java.util.Objects;

/**
 * What a sample is, told apart from the sample.
 *
 * @param model the model
 * @param id the sample
 * @param at event time, epoch milliseconds
 * @param label its class
 */
@PublicApi
public record Label(String model, String id, long at, String label) implements ClassifierEvent {
    /** Checks that nothing is missing. */
    public Label {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
    }
}
