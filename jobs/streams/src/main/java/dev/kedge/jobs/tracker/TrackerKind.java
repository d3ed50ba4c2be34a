// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.kind.JobKind;
import dev.kedge.jobs.kind.LivePage;
import dev.kedge.jobs.page.JobHealth;
import java.time.Clock;

/** Tracking, as job files name it. */
public final class TrackerKind implements JobKind<TrackerFile> {
    @Override
    public String word() {
        return TrackerFile.JOB;
    }

    @Override
    public TrackerFile defaults() {
        return TrackerFile.DEFAULT;
    }

    @Override
    public Class<TrackerFile> type() {
        return TrackerFile.class;
    }

    @Override
    public StreamJob job(TrackerFile settings) {
        return new TrackerJob(settings);
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
