// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.jobs.flink.JobFiles;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.kind.JobKind;

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
    public StreamJob job(TrackerFile settings, JobFiles files) {
        return new TrackerJob(settings);
    }
}
