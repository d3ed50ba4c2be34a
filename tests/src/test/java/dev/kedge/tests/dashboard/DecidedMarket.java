// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import dev.kedge.jobs.ads.AdDashboard;
import dev.kedge.jobs.ads.BoardListener;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * One life of a dashboard over a real broker, its board filled with a market of forty creatives.
 */
final class DecidedMarket implements AutoCloseable {
    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());
    private final OutputFeed<?, ?> feed;
    private final DashboardServer server;

    /**
     * Starts it.
     *
     * @param view folder of the board's memory
     */
    DecidedMarket(DiscontinuationFile settings, Path view) {
        ScoreView kept = ScoreView.open(view, board);
        AdDashboard dashboard =
                new AdDashboard(settings, board, Optional.of(kept), Clock.systemUTC());
        JobHealth health = new JobHealth(Clock.systemUTC());
        health.become(JobHealth.State.RUNNING);
        new ScoredMarket(board, 40, 1).run();
        server = dashboard.server(health, Optional.empty()).start(0);
        feed = dashboard.feed(settings, new BoardListener(board)).start();
    }

    String url() {
        return server.uri().toString();
    }

    @Override
    public void close() {
        feed.close();
        server.close();
    }
}
