// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The page of ad discontinuation: creatives by risk, and the models behind them. */
record CreativesPage(ScoreBoard board) implements PageContent {
    private static final List<PageAsset> ASSETS =
            List.of(
                    PageAsset.html("/", "/dashboard/index.html"),
                    PageAsset.styles("/app.css", "/dashboard/app.css"),
                    PageAsset.script("/app.js", "/dashboard/app.js"),
                    PageAsset.script("/charts.js", "/dashboard/charts.js"),
                    PageAsset.svg("/icon.svg", "/dashboard/icon.svg"),
                    PageAsset.charts());

    @Override
    public List<PageAsset> assets() {
        return ASSETS;
    }

    @Override
    public ObjectNode summary() {
        return DashboardJson.summary(board.summary());
    }

    @Override
    public Optional<Instant> lastScored() {
        return board.summary().lastScored();
    }

    @Override
    public void routes(Javalin app) {
        app.get(
                "/api/models",
                request -> DashboardServer.answer(request, DashboardJson.models(board.summary())));
        app.get("/api/creatives", this::creatives);
        app.get("/api/creatives/{model}/{creative}", this::creative);
        app.get("/api/metrics", this::metrics);
    }

    private void creatives(Context request) {
        Ranking ranking = RankingRequest.read(request);
        DashboardServer.answer(request, DashboardJson.page(board.rank(ranking), board));
    }

    private void creative(Context request) {
        String model = request.pathParam("model");
        String creative = request.pathParam("creative");
        Optional<CreativeView> view = board.find(model, creative);
        view.map(found -> DashboardJson.detail(found, board.duplicates(model, creative)))
                .ifPresentOrElse(
                        node -> DashboardServer.answer(request, node),
                        () -> request.status(HttpStatus.NOT_FOUND));
    }

    private void metrics(Context request) {
        String model =
                RankingRequest.text(request, "model")
                        .orElseThrow(() -> new BadRequestException("model is missing"));
        DashboardServer.answer(request, DashboardJson.history(model, board.metrics(model)));
    }
}
