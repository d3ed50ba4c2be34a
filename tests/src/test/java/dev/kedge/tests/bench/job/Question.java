// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.util.Locale;

/** What can be asked of a job. */
enum Question {
    /** The greatest rate, cold and warm, and the cold start. */
    RATE,
    /** Latencies at shares of the greatest rate. */
    LATENCY,
    /** How long a killed job takes to be back. */
    RECOVERY,
    /** The whole job beside the learner in a bare loop, on the same events. */
    EFFICIENCY,
    /** The rate by the number of models. */
    MODELS,
    /** The rate by the size of a model's network. */
    SIZE,
    /** The rate by processors. */
    CORES,
    /** The rate by what each model remembers. */
    STATE;

    /** As it is named on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
