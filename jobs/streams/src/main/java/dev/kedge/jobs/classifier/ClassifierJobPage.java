// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.jobs.live.JobPage;
import dev.kedge.jobs.live.LivePage;
import dev.kedge.jobs.page.JobHealth;
import java.time.Clock;

/** The page of continual classification. */
public final class ClassifierJobPage implements JobPage<ClassifierFile> {
    @Override
    public Class<ClassifierFile> type() {
        return ClassifierFile.class;
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
