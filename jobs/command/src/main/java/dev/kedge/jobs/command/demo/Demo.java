// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.jobs.ads.AdDashboard;
import dev.kedge.jobs.ads.BoardListener;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.ads.board.Ranking;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.policy.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything in one process: a real broker, a real Flink with RocksDB, a simulated market, the job
 * and the dashboard.
 */
public final class Demo extends LiveDemo {
    /**
     * Long before today, so that a fast market never overtakes the clock that stamps its records.
     */
    private static final Instant MARKET_OPENS = Instant.parse("2020-01-01T00:00:00Z");

    private static final int MARKETS = 2;
    private static final double LAUNCHES_A_DAY = 40;
    private static final int DAYS = 2000;
    private static final double COPIES = 0.1;

    /** As many as a question about policies reads at most. */
    private static final long VIEWED = 250_000;

    private static final double SECONDS_A_DAY = 86_400;

    private static final Policy POLICY = DiscontinuationFile.DEFAULT.discontinuation().policy();

    private final ScoreBoard board;

    /**
     * What can be chosen.
     *
     * @param port port of the dashboard, 0 for any free one
     * @param seed seed of market and models
     * @param daysPerSecond simulated days a second
     * @param folder where broker and checkpoints keep their files
     * @param creativeMemory whether copies of creatives are among them, and recognised
     */
    public record Options(
            int port, long seed, double daysPerSecond, Path folder, boolean creativeMemory) {}

    /**
     * Starts everything; the dashboard first, so that an occupied port is noticed before anything
     * else.
     */
    public Demo(Options options) {
        this(options, board());
    }

    private Demo(Options options, ScoreBoard board) {
        this(options, board, view(options, board));
    }

    private static ScoreBoard board() {
        return new ScoreBoard(
                Clock.systemUTC(), ScoreBoard.DEFAULT_MAX_CREATIVES, POLICY.horizon());
    }

    /** An occupied port is noticed before anything is written. */
    private static ScoreView view(Options options, ScoreBoard board) {
        DashboardServer.requireFree(options.port());
        return ScoreView.open(options.folder().resolve("view"), board, VIEWED);
    }

    private Demo(Options options, ScoreBoard board, ScoreView view) {
        this(
                options,
                board,
                new AdDashboard(
                        DemoSettings.of(DemoSettings.NOWHERE, options),
                        board,
                        Optional.of(view),
                        Clock.systemUTC()));
    }

    private Demo(Options options, ScoreBoard board, AdDashboard dashboard) {
        super(
                options.port(),
                options.folder(),
                new BoardListener(board),
                parts(options, dashboard));
        this.board = board;
    }

    private static Parts<DiscontinuationFile, CreativeScore, ModelMetrics> parts(
            Options options, AdDashboard dashboard) {
        return new Parts<>(
                health -> dashboard.server(health, Optional.empty()),
                servers -> DemoSettings.of(servers, options),
                DiscontinuationJob::new,
                dashboard::feed,
                settings -> market(settings, options));
    }

    private static Play market(DiscontinuationFile settings, Options options) {
        MarketConfig config =
                MarketConfig.DEFAULT
                        .withSeed(options.seed())
                        .withStart(MARKET_OPENS)
                        .withSize(MARKETS, LAUNCHES_A_DAY, DAYS)
                        .withCopies(options.creativeMemory() ? COPIES : 0);
        Pace pace = Pace.times(options.daysPerSecond() * SECONDS_A_DAY);
        return new Play(settings.topics().creatives(), pace, new MarketSimulator(config));
    }

    /** How far the models are. */
    public Progress progress() {
        return Progress.of(board);
    }

    /** Creatives that are recognised as one that came before, so far. */
    public long recognised() {
        return board.recognised();
    }

    /** The creatives that are most at risk. */
    public List<CreativeScore> riskiest(int count) {
        Ranking ranking = Ranking.BY_RISK;
        return board.rank(ranking).scores().stream().limit(count).toList();
    }
}
