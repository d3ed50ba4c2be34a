// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import dev.kedge.jobs.ads.alerts.AlertBell;
import dev.kedge.jobs.ads.alerts.AlertMemory;
import dev.kedge.jobs.ads.board.Attention;
import dev.kedge.jobs.ads.board.BoardSituation;
import dev.kedge.jobs.ads.board.CreativesPage;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.ads.board.ViewMemory;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.ads.decisions.DecisionLog;
import dev.kedge.jobs.ads.decisions.DecisionTopic;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import java.time.Clock;
import java.util.Optional;

/**
 * The dashboard of an ad job: its page, what feeds it, what people decide on it and what it tells
 * them. The page is there before brokers have to be.
 */
public final class AdDashboard {
    private final DiscontinuationFile settings;
    private final ScoreBoard board;
    private final Optional<ScoreView> view;
    private final Clock clock;
    private final Optional<DecisionDesk> desk;

    /**
     * A dashboard that nobody sees yet.
     *
     * @param board what it shows
     * @param view where the board's memory is on disk, if it is
     * @param clock what decisions and alerts are timed by
     */
    public AdDashboard(
            DiscontinuationFile settings, ScoreBoard board, Optional<ScoreView> view, Clock clock) {
        this.settings = settings;
        this.board = board;
        this.view = view;
        this.clock = clock;
        this.desk =
                settings.topics().takesDecisions()
                        ? Optional.of(
                                new DecisionDesk(settings.decisions(), new DecisionLog(), clock))
                        : Optional.empty();
    }

    /**
     * Its server, which is not started yet.
     *
     * @param health how the job is
     * @param token what a request has to bring
     */
    public DashboardServer server(JobHealth health, Optional<String> token) {
        Optional<AlertBell> bell =
                settings.alerts().on() ? Optional.of(bell(health)) : Optional.empty();
        CreativesPage page =
                new CreativesPage(
                        board,
                        view,
                        settings.discontinuation().policy(),
                        new Attention(desk, bell));
        return new DashboardServer(page, health, token);
    }

    private AlertBell bell(JobHealth health) {
        AlertMemory memory = view.<AlertMemory>map(ViewMemory::new).orElse(AlertMemory.NONE);
        AlertBell bell = new AlertBell(settings.name(), settings.alerts(), clock, memory);
        bell.start(new BoardSituation(board, health, desk, clock));
        return bell;
    }

    /**
     * Begins to take decisions, and makes the feed, which is not started yet.
     *
     * @param connected the same settings, with the address of the brokers
     * @param listener hears what the job writes
     */
    public OutputFeed<CreativeScore, ModelMetrics> feed(
            DiscontinuationFile connected,
            OutputFeed.Listener<CreativeScore, ModelMetrics> listener) {
        desk.ifPresent(
                open ->
                        open.open(
                                DecisionTopic.open(
                                        connected.kafka(),
                                        connected.topics().decisions(),
                                        open.log())));
        return CreativeFeed.of(connected, listener, board, view);
    }
}
