// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.demo;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.simulator.MarketConfig;
import dev.kedge.connectors.simulator.MarketSimulator;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.jobs.Opened;
import dev.kedge.jobs.dashboard.CreativesPage;
import dev.kedge.jobs.dashboard.DashboardServer;
import dev.kedge.jobs.dashboard.JobHealth;
import dev.kedge.jobs.dashboard.Ranking;
import dev.kedge.jobs.dashboard.ScoreBoard;
import dev.kedge.jobs.dashboard.ScoreView;
import dev.kedge.jobs.discontinuation.BoardListener;
import dev.kedge.jobs.discontinuation.CreativeFeed;
import dev.kedge.jobs.discontinuation.DiscontinuationFile;
import dev.kedge.jobs.discontinuation.DiscontinuationJob;
import dev.kedge.jobs.feed.CountingListener;
import dev.kedge.jobs.feed.JobMeter;
import dev.kedge.jobs.feed.JobWatch;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.ModelMetrics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything in one process: a real broker, a real Flink with RocksDB, a simulated market, the job
 * and the dashboard.
 */
public final class Demo implements AutoCloseable {
    /**
     * Long before today, so that a fast market never overtakes the clock that stamps its records.
     */
    private static final Instant MARKET_OPENS = Instant.parse("2020-01-01T00:00:00Z");

    private static final int MARKETS = 2;
    private static final double LAUNCHES_A_DAY = 40;
    private static final int DAYS = 2000;
    private static final double COPIES = 0.1;
    private static final double SECONDS_A_DAY = 86_400;

    private final ScoreBoard board =
            new ScoreBoard(
                    Clock.systemUTC(),
                    ScoreBoard.DEFAULT_MAX_CREATIVES,
                    DiscontinuationFile.DEFAULT.discontinuation().policy().horizon());
    private final JobHealth health = new JobHealth(Clock.systemUTC());
    private final CountingListener<CreativeScore, ModelMetrics> listener =
            new CountingListener<>(new BoardListener(board));
    private final AtomicLong played = new AtomicLong();
    private final Opened opened = new Opened();
    private final DashboardServer dashboard;
    private final JobWatch watch;

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
        try {
            ScoreView view = ScoreView.open(options.folder().resolve("view"), board);
            CreativesPage page =
                    new CreativesPage(
                            board,
                            Optional.of(view),
                            DiscontinuationFile.DEFAULT.discontinuation().policy());
            dashboard =
                    opened.keep(
                            new DashboardServer(page, health, Optional.empty())
                                    .start(options.port()));
            EmbeddedBroker broker =
                    opened.keep(EmbeddedBroker.start(options.folder().resolve("broker")));
            DiscontinuationFile settings = DemoSettings.of(broker.bootstrapServers(), options);
            LocalTopics.create(settings);
            watch =
                    new JobWatch(
                            opened.keep(
                                    EmbeddedJob.start(
                                            new DiscontinuationJob(settings), Optional.empty())),
                            health);
            opened.keep(JobMeter.start(settings, health));
            opened.keep(CreativeFeed.of(settings, listener, board, Optional.of(view)).start());
            opened.keep(market(settings, options));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private PlayedStream market(DiscontinuationFile settings, Options options) {
        RecordPlayer player =
                new RecordPlayer(
                        settings.kafka().bootstrapServers(),
                        settings.topics().creatives(),
                        Pace.times(options.daysPerSecond() * SECONDS_A_DAY),
                        (records, at) -> played.set(records));
        MarketConfig config =
                MarketConfig.DEFAULT
                        .withSeed(options.seed())
                        .withStart(MARKET_OPENS)
                        .withSize(MARKETS, LAUNCHES_A_DAY, DAYS)
                        .withCopies(options.creativeMemory() ? COPIES : 0);
        return PlayedStream.start(player, new MarketSimulator(config));
    }

    /** Where to look. */
    public URI uri() {
        return dashboard.uri();
    }

    /** Why the job is over, if it is. */
    public Optional<String> failure() {
        return watch.look();
    }

    /** How far the models are. */
    public Progress progress() {
        return Progress.of(board);
    }

    /** Events played so far. */
    public long played() {
        return played.get();
    }

    /** Scores read back so far. */
    public long scores() {
        return listener.scores();
    }

    /** Records refused so far. */
    public long deadLetters() {
        return listener.deadLetters();
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

    @Override
    public void close() {
        opened.close();
    }
}
