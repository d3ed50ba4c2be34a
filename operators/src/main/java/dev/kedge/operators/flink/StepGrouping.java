// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;
import java.time.Duration;

/**
 * How steps of learning of many keys are made together. Neither value reaches a number: a model
 * ends with the same bytes whatever they are.
 *
 * @param steps how many at most
 * @param within how long one waits for others, in processing time
 */
@PublicApi
public record StepGrouping(
        @Meaning(
                        "Steps of learning, of as many models, that a task makes together at most; 1 to 100000. 1 makes each at once. It changes no number. It is of use where a device makes many at once: on a CPU [nothing is gained](gpu.md#steps-of-many-models-together).")
                @Range(min = 1, max = 100_000)
                int steps,
        @Meaning(
                        "How long a step waits for those of other models at most, and with it the later events of its model; 1 ms to 1 min. A watermark, a command and a checkpoint wait for no group.")
                @Lasting(min = "1 ms", max = "1 minute")
                Duration within)
        implements Serializable {
    /** Each step by itself. */
    public static final StepGrouping ALONE = new StepGrouping(1, Duration.ofMillis(20));

    /** Checks both. */
    public StepGrouping {
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "steps: " + steps + " is not allowed; it must be at least 1");
        }
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException(
                    "within: " + within + " is not allowed; it must be above 0");
        }
    }
}
