// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;

/**
 * Puts what a job writes on the board of the dashboard.
 *
 * @param board the board
 */
public record BoardListener(ScoreBoard board)
        implements OutputFeed.Listener<CreativeScore, ModelMetrics> {
    @Override
    public void score(CreativeScore score) {
        board.accept(score);
    }

    @Override
    public void metrics(ModelMetrics metrics) {
        board.accept(metrics);
    }

    @Override
    public void deadLetter(String reason) {
        board.deadLetter(reason);
    }
}
