// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.kind.JobKind;
import dev.kedge.jobs.kind.LivePage;
import dev.kedge.jobs.page.JobHealth;
import java.time.Clock;

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
    public StreamJob job(ClassifierFile settings) {
        return new ClassifierJob(settings);
    }

    @Override
    public LivePage page(ClassifierFile settings, JobHealth health) {
        ClassifierBoard board = new ClassifierBoard(Clock.systemUTC());
        return new LivePage(
                settings.dashboard(),
                token ->
                        ClassifierPages.server(
                                board, settings.classifier().input().shape(), health, token),
                () -> ClassifierFeed.of(settings, board, board));
    }
}
