// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.kind.JobKind;
import dev.kedge.jobs.kind.LivePage;
import dev.kedge.jobs.page.JobHealth;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

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
        ScoreBoard board =
                new ScoreBoard(
                        Clock.systemUTC(),
                        ScoreBoard.DEFAULT_MAX_CREATIVES,
                        settings.discontinuation().policy().horizon());
        Optional<ScoreView> view = view(settings, board);
        AdDashboard dashboard = new AdDashboard(settings, board, view, Clock.systemUTC());
        return new LivePage(
                settings.dashboard(),
                token -> dashboard.server(health, token),
                () -> dashboard.feed(settings, new BoardListener(board)));
    }

    private static Optional<ScoreView> view(DiscontinuationFile settings, ScoreBoard board) {
        JobSettings.Dashboard dashboard = settings.dashboard();
        return dashboard.enabled() && !dashboard.view().isEmpty()
                ? Optional.of(
                        ScoreView.open(Path.of(dashboard.view()).resolve(settings.name()), board))
                : Optional.empty();
    }
}
