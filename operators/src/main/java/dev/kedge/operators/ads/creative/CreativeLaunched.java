// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.creative;

import dev.kedge.state.record.Flat;
import dev.kedge.state.record.Moment;
import java.util.Objects;

/**
 * A creative starts to run.
 *
 * @param model the model that learns from it
 * @param creative the creative's id
 * @param at event time, epoch milliseconds
 * @param content what it shows, as far as the stream tells
 */
public record CreativeLaunched(
        String model, String creative, @Moment long at, @Flat CreativeContent content)
        implements CreativeEvent {
    /** Checks that nothing is missing. */
    public CreativeLaunched {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(creative, "creative");
        Objects.requireNonNull(content, "content");
    }
}
