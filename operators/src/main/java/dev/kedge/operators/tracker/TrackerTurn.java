// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.stream.Turn;
import dev.kedge.operators.tracker.TrackerProgress.Counter;

/** One record while a tracker works on it; its refusals are counted. */
final class TrackerTurn extends Turn<StreamFrame, TrackerScore, TrackerMetrics> {
    private final TrackerProgress progress;

    TrackerTurn(
            Incoming<StreamFrame> incoming,
            Outlet<TrackerScore, TrackerMetrics> outlet,
            TrackerProgress progress) {
        super(incoming, outlet);
        this.progress = progress;
    }

    @Override
    protected void refused() {
        progress.count(Counter.DEAD_LETTERS);
    }
}
