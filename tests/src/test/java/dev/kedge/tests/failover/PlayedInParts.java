// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.failover;

import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A topic that has a quarter of its records before the job begins, gets another while the job is
 * disturbed, and the rest after that: it is disturbed in the middle however slow the machine is.
 */
public final class PlayedInParts {
    private static final double MILLIS_MEANWHILE = 1500;

    private final String bootstrapServers;
    private final String topic;
    private final List<SimulatedRecord> records;

    /** Plays the first quarter at once. */
    public PlayedInParts(String bootstrapServers, String topic, List<SimulatedRecord> records) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.records = List.copyOf(records);
        play(records.subList(0, records.size() / 4), Pace.unthrottled());
    }

    /** Plays the second quarter while something is done, and returns when both are over. */
    public void during(Disturbance disturbance) throws Exception {
        List<SimulatedRecord> second = records.subList(records.size() / 4, records.size() / 2);
        long span = second.get(second.size() - 1).arrivesAt() - second.get(0).arrivesAt();
        Pace pace = Pace.times(Math.max(1, span / MILLIS_MEANWHILE));
        CompletableFuture<Void> playing = CompletableFuture.runAsync(() -> play(second, pace));
        disturbance.happen();
        playing.join();
    }

    /** Plays what is left at once. */
    public void rest() {
        play(records.subList(records.size() / 2, records.size()), Pace.unthrottled());
    }

    private void play(List<SimulatedRecord> part, Pace pace) {
        try (RecordPlayer player =
                new RecordPlayer(bootstrapServers, topic, pace, RecordPlayer.Progress.IGNORED)) {
            player.play(part.iterator());
        }
    }

    /** What happens to the job. */
    public interface Disturbance {
        void happen() throws Exception;
    }
}
