// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.discontinuation;

import dev.kedge.jobs.dashboard.DashboardServer;
import dev.kedge.jobs.dashboard.JobHealth;
import dev.kedge.jobs.dashboard.ScoreBoard;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.kind.JobKind;
import dev.kedge.jobs.kind.LivePage;
import java.time.Clock;

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
    public StreamJob job(DiscontinuationFile settings) {
        return new DiscontinuationJob(settings);
    }

    @Override
    public LivePage page(DiscontinuationFile settings, JobHealth health) {
        ScoreBoard board = new ScoreBoard(Clock.systemUTC());
        return new LivePage(
                settings.dashboard(),
                token -> new DashboardServer(board, health, token),
                () -> CreativeFeed.of(settings, new BoardListener(board), board));
    }
}
