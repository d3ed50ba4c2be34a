// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.state.record.Moment;
import java.util.List;

/**
 * All that the board knows of one creative.
 *
 * @param score the newest score
 * @param clickThrough click-through rate of each reported period, oldest first
 * @param probability probability of a stop within the board's horizon, of each score, oldest first
 * @param actions the actions so far, oldest first, one for each change
 */
public record CreativeView(
        CreativeScore score,
        List<Point> clickThrough,
        List<Point> probability,
        List<Step> actions) {

    /**
     * A value at a moment.
     *
     * @param at event time, epoch milliseconds
     * @param value the value
     */
    public record Point(@Moment long at, double value) {}

    /**
     * An action that holds from a moment on.
     *
     * @param at event time, epoch milliseconds
     * @param action the action
     */
    public record Step(@Moment long at, CreativeScore.Action action) {}
}
