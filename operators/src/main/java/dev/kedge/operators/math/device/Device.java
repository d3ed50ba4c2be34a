// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import dev.kedge.state.api.PublicApi;

/** What a job asks its models to compute on. */
@PublicApi
public enum Device {
    /** The CPU, whatever else there is. */
    CPU,
    /** A card that ND4J's CUDA backend can use; without one the job does not start. */
    GPU,
    /** Such a card where there is one, the CPU elsewhere. */
    AUTO
}
