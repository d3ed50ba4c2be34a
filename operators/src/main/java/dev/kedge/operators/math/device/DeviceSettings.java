// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Meaning;
import java.io.Serializable;

/**
 * Where the models of a job compute.
 *
 * @param device what they are asked to compute on
 * @param deviceChange whether a model may go on where it was not learned
 */
@PublicApi
public record DeviceSettings(
        @Meaning(
                        "What the models compute on: `cpu`; `gpu`, a card without which the job does not start; `auto`, a card where there is a usable one, and the CPU with a line in the log elsewhere. See [On a GPU](gpu.md).")
                Device device,
        @Meaning(
                        "Whether models that were learned on the CPU may go on on a card, or the other way round, or on another model of card: their numbers end with other bits there.")
                DeviceChange deviceChange)
        implements Serializable {
    /** The CPU. */
    public static final DeviceSettings DEFAULT =
            new DeviceSettings(Device.CPU, DeviceChange.REFUSED);

    boolean changeAllowed() {
        return deviceChange == DeviceChange.ALLOWED;
    }
}
