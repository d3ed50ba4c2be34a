// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.ads.decisions.Decision;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.page.BadRequestException;
import dev.kedge.jobs.page.CsvTable;
import dev.kedge.jobs.page.PageJson;
import dev.kedge.jobs.page.PageRoutes;
import dev.kedge.state.text.Text;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * What can be taken away as CSV: the list as it is narrowed and ordered, and one creative's past.
 */
final class ExportRoutes {
    private final ScoreBoard board;
    private final Optional<DecisionDesk> desk;

    ExportRoutes(ScoreBoard board, Optional<DecisionDesk> desk) {
        this.board = board;
        this.desk = desk;
    }

    void add(PageRoutes routes) {
        routes.download("/api/creatives.csv", this::creatives);
        routes.download("/api/creative.csv", this::history);
    }

    /** All that match, whatever page of the list is shown. */
    private CsvTable creatives(Context request) {
        Ranking asked = RankingRequest.read(request);
        Ranking all =
                new Ranking(asked.filter(), asked.sort(), asked.rising(), 0, Integer.MAX_VALUE);
        Lens lens = Decided.lens(all, desk, RankingRequest.decided(request, desk));
        return CreativeTables.list(board.rank(all, lens).scores(), board, desk);
    }

    private CsvTable history(Context request) {
        String model = PageJson.needed(request, "model");
        String creative = PageJson.needed(request, "creative");
        CreativeView view =
                board.find(model, creative)
                        .orElseThrow(
                                () ->
                                        new BadRequestException(
                                                Text.format(
                                                        "creative '%s' of model '%s' is not on the board",
                                                        creative, model)));
        List<Decision> decided = desk.map(open -> open.log().of(model, creative)).orElse(List.of());
        return CreativeTables.history(view, decided);
    }
}
