// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.ctvis.TrackingTuning;
import dev.kedge.operators.stream.Command;

/**
 * What was set while the job ran, over the configuration. Part of a model's state.
 *
 * @param paused whether nothing is learned
 * @param learning how it learns
 */
record TrackerTuning(boolean paused, TrackingTuning learning) {
    /** Weight of the contrastive loss. */
    static final String EMBEDDING = "embedding";

    /** Weight of the auxiliary loss. */
    static final String AUXILIARY = "auxiliary";

    /** As configured. */
    static final TrackerTuning NONE = new TrackerTuning(false, TrackingTuning.NONE);

    /** What a command makes of it; the same where the command is not about it. */
    TrackerTuning after(Command command) {
        return switch (command.verb()) {
            case PAUSE -> new TrackerTuning(true, learning);
            case RESUME -> new TrackerTuning(false, learning);
            case RATE ->
                    learning(
                            new TrackingTuning(
                                    command.value(), learning.embedding(), learning.auxiliary()));
            case WEIGHT -> weighted(command.name(), command.value());
            default -> this;
        };
    }

    private TrackerTuning weighted(String term, double value) {
        return switch (term) {
            case EMBEDDING ->
                    learning(new TrackingTuning(learning.rate(), value, learning.auxiliary()));
            case AUXILIARY ->
                    learning(new TrackingTuning(learning.rate(), learning.embedding(), value));
            default -> this;
        };
    }

    private TrackerTuning learning(TrackingTuning other) {
        return new TrackerTuning(paused, other);
    }
}
