// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.testing.Patience;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A market with one model a market, played at a fixed pace until it is ended. */
final class PlayedStream implements AutoCloseable {
    private static final int DAYS = 3_000;
    private static final double LAUNCHES_A_DAY = 0.7;
    private static final double SECONDS_A_DAY = 86_400;

    private final RecordPlayer player;
    private final CompletableFuture<Long> played;

    private PlayedStream(RecordPlayer player, CompletableFuture<Long> played) {
        this.player = player;
        this.played = played;
    }

    static PlayedStream start(String bootstrapServers, ChaosOptions options) {
        MarketConfig market =
                MarketConfig.DEFAULT
                        .withSeed(options.seed())
                        .withStart(Instant.parse("2015-01-01T00:00:00Z"))
                        .withSize(options.models(), LAUNCHES_A_DAY, DAYS)
                        .withFaults(0.02, 0.02, 0.01);
        RecordPlayer player =
                new RecordPlayer(
                        bootstrapServers,
                        ChaosJobs.CREATIVES,
                        Pace.times(options.daysPerSecond() * SECONDS_A_DAY),
                        RecordPlayer.Progress.IGNORED);
        return new PlayedStream(
                player,
                CompletableFuture.supplyAsync(() -> player.play(new MarketSimulator(market))));
    }

    /** Ends the stream and says how many records it had. */
    long end() throws Exception {
        player.stop();
        return played.get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        end();
        player.close();
    }
}
