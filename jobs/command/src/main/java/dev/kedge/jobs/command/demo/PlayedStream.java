// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import java.time.Duration;
import java.util.Iterator;

/** A stream that is played on a thread of its own until it is closed. */
record PlayedStream(RecordPlayer player, Thread thread) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static PlayedStream start(RecordPlayer player, Iterator<SimulatedRecord> records) {
        Thread thread = new Thread(() -> player.play(records), "kedge-player");
        thread.setDaemon(true);
        thread.start();
        return new PlayedStream(player, thread);
    }

    /** Ends the play, and waits until what was sent is acknowledged. */
    void stop() {
        player.stop();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the play first: a record on its way must not meet a closed producer. */
    @Override
    public void close() {
        stop();
        player.close();
    }
}
