// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads;

import dev.kedge.jobs.ads.board.CardShelf;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.live.JobPage;
import dev.kedge.jobs.live.LivePage;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.ads.policy.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The page of ad discontinuation. */
public final class DiscontinuationPage implements JobPage<DiscontinuationFile> {
    @Override
    public Class<DiscontinuationFile> type() {
        return DiscontinuationFile.class;
    }

    @Override
    public LivePage page(DiscontinuationFile settings, JobHealth health) {
        Policy policy = settings.discontinuation().policy();
        JobSettings.Cards cards = settings.dashboard().cards();
        ScoreBoard board =
                new ScoreBoard(
                        Clock.systemUTC(),
                        ScoreBoard.DEFAULT_MAX_CREATIVES,
                        policy.horizon(),
                        new CardShelf.Bounds(cards.creatives(), cards.size().getBytes()));
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
