// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.jobs.live.JobPage;
import dev.kedge.jobs.live.LivePage;
import dev.kedge.jobs.page.JobHealth;
import java.time.Clock;

/** The page of tracking. */
public final class TrackerJobPage implements JobPage<TrackerFile> {
    @Override
    public Class<TrackerFile> type() {
        return TrackerFile.class;
    }

    @Override
    public LivePage page(TrackerFile settings, JobHealth health) {
        TrackerBoard board = new TrackerBoard(Clock.systemUTC());
        return new LivePage(
                settings.dashboard(),
                token -> TrackerPages.server(board, settings.tracker().input(), health, token),
                () -> TrackerFeed.of(settings, board, board::picture));
    }
}
