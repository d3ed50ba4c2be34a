// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import dev.kedge.jobs.flink.JobFiles;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.kind.JobKind;

/** Ad discontinuation, as job files name it. */
public final class DiscontinuationKind implements JobKind<DiscontinuationFile> {
    @Override
    public String word() {
        return DiscontinuationFile.JOB;
    }

    @Override
    public DiscontinuationFile defaults() {
        return DiscontinuationFile.DEFAULT;
    }

    @Override
    public Class<DiscontinuationFile> type() {
        return DiscontinuationFile.class;
    }

    @Override
    public StreamJob job(DiscontinuationFile settings, JobFiles files) {
        return new DiscontinuationJob(settings, files);
    }
}
