// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import dev.kedge.operators.creative.CreativeScore;
import java.util.function.Consumer;

/** The scores that a job has written, as far back as they are kept. */
@FunctionalInterface
interface ScoreLog {
    /** Shows each score, in the order in which they came. Called by any thread. */
    void replay(Consumer<CreativeScore> reader);
}
