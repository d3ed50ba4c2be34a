// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.demo;

import dev.kedge.connectors.simulator.MarketSimulator;
import dev.kedge.connectors.simulator.RecordPlayer;
import java.time.Duration;

/** A market that is played on a thread of its own until it is closed. */
record PlayedMarket(RecordPlayer player, Thread thread) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static PlayedMarket start(RecordPlayer player, MarketSimulator market) {
        Thread thread = new Thread(() -> player.play(market), "kedge-market");
        thread.setDaemon(true);
        thread.start();
        return new PlayedMarket(player, thread);
    }

    /** Ends the play first: a record on its way must not meet a closed producer. */
    @Override
    public void close() {
        player.stop();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        player.close();
    }
}
