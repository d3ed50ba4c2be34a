// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import dev.kedge.state.api.PublicApi;

/** Whether a model may go on where it was not learned. */
@PublicApi
public enum DeviceChange {
    /** It may not: its numbers would end with other bits than they would have there. */
    REFUSED,
    /** It may. */
    ALLOWED
}
