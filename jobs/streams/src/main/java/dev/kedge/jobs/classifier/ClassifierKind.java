// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.jobs.flink.JobFiles;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.kind.JobKind;

/** Continual classification, as job files name it. */
public final class ClassifierKind implements JobKind<ClassifierFile> {
    @Override
    public String word() {
        return ClassifierFile.JOB;
    }

    @Override
    public ClassifierFile defaults() {
        return ClassifierFile.DEFAULT;
    }

    @Override
    public Class<ClassifierFile> type() {
        return ClassifierFile.class;
    }

    @Override
    public StreamJob job(ClassifierFile settings, JobFiles files) {
        return new ClassifierJob(settings);
    }
}
