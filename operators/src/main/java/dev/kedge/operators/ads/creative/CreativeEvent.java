// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.creative;

import dev.kedge.state.api.PublicApi;

/**
 * Something that happened to one creative. Events of one model must come in one Kafka partition
 * (key the topic by model): their order there is the order in which the model learns.
 */
@PublicApi
public sealed interface CreativeEvent
        permits CreativeLaunched, IntervalStatistics, CreativeDiscontinued, CreativeReactivated {

    /** The model that learns from this creative: an advertiser, an advertiser group or a market. */
    String model();

    /** The creative, unique within its model. */
    String creative();

    /** Event time in milliseconds since 1970-01-01T00:00:00Z. */
    long at();
}
