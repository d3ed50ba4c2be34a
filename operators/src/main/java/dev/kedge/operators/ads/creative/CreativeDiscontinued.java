// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.creative;

import dev.kedge.state.record.Moment;
import dev.kedge.state.record.OmittedIfEmpty;
import java.util.Objects;

/**
 * A creative stops running for good.
 *
 * @param model the model that learns from it
 * @param creative the creative's id
 * @param at event time, epoch milliseconds
 * @param reason why, in the words of whoever stopped it, or the empty string
 */
public record CreativeDiscontinued(
        String model, String creative, @Moment long at, @OmittedIfEmpty String reason)
        implements CreativeEvent {
    /** Checks that nothing is missing. */
    public CreativeDiscontinued {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(creative, "creative");
        Objects.requireNonNull(reason, "reason");
    }
}
