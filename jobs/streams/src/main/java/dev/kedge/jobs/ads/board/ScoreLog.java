// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import java.util.function.Consumer;

/** The scores that a job has written, as far back as they are kept. */
interface ScoreLog {
    /**
     * Shows the newest scores, in the order in which they came. Called by any thread.
     *
     * @param most how many at most
     * @return how many are kept
     */
    long replay(long most, Consumer<CreativeScore> reader);
}
