// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.creative;

import dev.kedge.state.record.Moment;
import java.util.Objects;

/**
 * A discontinued creative runs again: a new spell with its own clock. The earlier discontinuation
 * stays learned.
 *
 * @param model the model that learns from it
 * @param creative the creative's id
 * @param at event time, epoch milliseconds
 */
public record CreativeReactivated(String model, String creative, @Moment long at)
        implements CreativeEvent {
    /** Checks that nothing is missing. */
    public CreativeReactivated {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(creative, "creative");
    }
}
