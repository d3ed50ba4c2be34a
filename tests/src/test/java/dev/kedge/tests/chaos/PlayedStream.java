// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.testing.Patience;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Records that are played at a fixed pace until they are ended, never far ahead of who learns from
 * them: a slow machine has no more to learn than a quick one.
 */
public final class PlayedStream implements AutoCloseable {
    private static final int DAYS = 3_000;
    private static final double LAUNCHES_A_DAY = 0.7;
    private static final double SECONDS_A_DAY = 86_400;

    private final RecordPlayer player;
    private final CompletableFuture<Long> played;
    private final Lead lead;

    private PlayedStream(RecordPlayer player, CompletableFuture<Long> played, Lead lead) {
        this.player = player;
        this.played = played;
        this.lead = lead;
    }

    /** A market with one model a market. */
    static PlayedStream start(String bootstrapServers, ChaosOptions options, Lead lead) {
        return start(
                bootstrapServers,
                ChaosJobs.CREATIVES,
                Pace.times(options.daysPerSecond() * SECONDS_A_DAY),
                lead,
                market(options.seed(), options.models(), LAUNCHES_A_DAY));
    }

    /** Markets of which each is a model, with records that come late, twice or broken. */
    public static MarketSimulator market(long seed, int models, double launchesADay) {
        return new MarketSimulator(
                MarketConfig.DEFAULT
                        .withSeed(seed)
                        .withStart(Instant.parse("2015-01-01T00:00:00Z"))
                        .withSize(models, launchesADay, DAYS)
                        .withFaults(0.02, 0.02, 0.01));
    }

    /** Begins to play. */
    public static PlayedStream start(
            String bootstrapServers,
            String topic,
            Pace pace,
            Lead lead,
            Iterator<SimulatedRecord> records) {
        RecordPlayer player = new RecordPlayer(bootstrapServers, topic, pace, lead);
        return new PlayedStream(
                player, CompletableFuture.supplyAsync(() -> player.play(records)), lead);
    }

    /** Ends the stream and says how many records it had. */
    public long end() throws Exception {
        player.stop();
        lead.end();
        return played.get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        end();
        player.close();
    }
}
