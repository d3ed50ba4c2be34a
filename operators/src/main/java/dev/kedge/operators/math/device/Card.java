// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import static dev.kedge.state.text.Text.format;

/**
 * A card, as the driver describes it.
 *
 * @param index its place among those that the driver shows to this process
 * @param name what its maker calls it
 * @param major first number of its compute capability
 * @param minor second number
 */
public record Card(int index, String name, int major, int minor) {
    // What cuobjdump lists of nd4j-cuda-11.6 1.0.0-M2.1: machine code for sm_37 to sm_86 and no
    // PTX. Code of a minor number runs on the later minor numbers of the same major one.
    private static final int FIRST = 37;
    private static final int LAST = 89;

    /** Its compute capability, such as 8.6. */
    public String capability() {
        return major + "." + minor;
    }

    /** Whether ND4J's CUDA backend has machine code for it. */
    boolean isUsable() {
        int both = 10 * major + minor;
        return both >= FIRST && both <= LAST;
    }

    /** Why it cannot be used, in one line. */
    String shortcoming() {
        return format(
                "%s has compute capability %s, ND4J's CUDA backend has code for %s to %s",
                name, capability(), "3.7", "8.9");
    }
}
