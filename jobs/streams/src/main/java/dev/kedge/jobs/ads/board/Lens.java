// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import java.util.function.Predicate;

/**
 * How to look at the board, by what scores do not tell.
 *
 * @param admits which creatives there are
 * @param behind which of them come after the others
 */
record Lens(Predicate<CreativeScore> admits, Predicate<CreativeScore> behind) {
    /** All creatives, each in its place. */
    static final Lens CLEAR = new Lens(score -> true, score -> false);
}
