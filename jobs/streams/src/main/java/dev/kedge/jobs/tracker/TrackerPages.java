// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.tracker.TrackerSettings;
import java.util.Optional;

/** Servers of the page of trackers. */
public final class TrackerPages {
    private TrackerPages() {}

    /**
     * A server that is not started yet.
     *
     * @param input what detections show
     * @param token what a request has to bring
     */
    public static DashboardServer server(
            TrackerBoard board,
            TrackerSettings.Input input,
            JobHealth health,
            Optional<String> token) {
        return new DashboardServer(new TrackerPage(board, input), health, token);
    }
}
