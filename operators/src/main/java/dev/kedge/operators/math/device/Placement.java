// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import dev.kedge.state.api.PublicApi;

/**
 * Where the models of a task compute.
 *
 * @param backend what does the sums: {@code cpu}, or a release of CUDA and a card; under another
 *     one they end with other bits
 * @param changeAllowed whether models of another backend may go on here
 */
@PublicApi
public record Placement(String backend, boolean changeAllowed) {
    /** The backend of models that do not say where they were learned. */
    public static final String CPU_BACKEND = "cpu";

    /** The CPU, for what was learned there. */
    public static final Placement CPU = new Placement(CPU_BACKEND, false);

    /** For whoever looks at models from a machine on which they will not compute. */
    public static Placement ofOnlooker(DeviceSettings settings) {
        boolean known = settings.device() == Device.CPU;
        return new Placement(CPU_BACKEND, !known || settings.changeAllowed());
    }
}
