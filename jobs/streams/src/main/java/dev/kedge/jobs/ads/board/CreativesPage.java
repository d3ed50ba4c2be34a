// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.jobs.page.BadRequestException;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.PageAsset;
import dev.kedge.jobs.page.PageContent;
import dev.kedge.jobs.page.PageJson;
import dev.kedge.jobs.page.PageRoutes;
import dev.kedge.operators.ads.policy.Policy;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The page of ad discontinuation: creatives by risk, the portfolio, the models behind them, and
 * what another policy would have done.
 */
public final class CreativesPage implements PageContent {
    private static final List<PageAsset> ASSETS =
            List.of(
                    PageAsset.html("/", "/dashboard/index.html"),
                    PageAsset.styles("/app.css", "/dashboard/app.css"),
                    PageAsset.script("/app.js", "/dashboard/app.js"),
                    PageAsset.script("/shown.js", "/dashboard/shown.js"),
                    PageAsset.script("/format.js", "/dashboard/format.js"),
                    PageAsset.script("/charts.js", "/dashboard/charts.js"),
                    PageAsset.script("/page.js", "/dashboard/page.js"),
                    PageAsset.script("/columns.js", "/dashboard/columns.js"),
                    PageAsset.script("/list.js", "/dashboard/list.js"),
                    PageAsset.script("/creative.js", "/dashboard/creative.js"),
                    PageAsset.script("/actions.js", "/dashboard/actions.js"),
                    PageAsset.script("/alerts.js", "/dashboard/alerts.js"),
                    PageAsset.styles("/actions.css", "/dashboard/actions.css"),
                    PageAsset.script("/portfolio.js", "/dashboard/portfolio.js"),
                    PageAsset.script("/whatif.js", "/dashboard/whatif.js"),
                    PageAsset.script("/health.js", "/dashboard/health.js"),
                    PageAsset.svg("/icon.svg", "/dashboard/icon.svg"),
                    PageAsset.json("/openapi.json", "/dashboard/openapi.json"),
                    PageAsset.charts());

    private final ScoreBoard board;
    private final Optional<ScoreView> view;
    private final Policy policy;
    private final Optional<Hindsight> hindsight;
    private final Attention attention;

    /**
     * A page.
     *
     * @param board what it shows
     * @param view where the board's memory is on disk, if it is; closed with the page
     * @param policy the policy of the job
     */
    public CreativesPage(ScoreBoard board, Optional<ScoreView> view, Policy policy) {
        this(board, view, policy, Attention.NONE);
    }

    /**
     * A page on which people decide.
     *
     * @param attention what they do there and what it tells them; closed with the page
     */
    public CreativesPage(
            ScoreBoard board, Optional<ScoreView> view, Policy policy, Attention attention) {
        this.attention = attention;
        this.board = board;
        this.view = view;
        this.policy = policy;
        this.hindsight = view.map(log -> new Hindsight(log, policy));
    }

    @Override
    public List<PageAsset> assets() {
        return ASSETS;
    }

    @Override
    public ObjectNode summary() {
        ObjectNode summary = DashboardJson.summary(board.summary());
        attention
                .desk()
                .ifPresent(
                        desk -> {
                            // What people decide changes what the page shows as scores do.
                            long decided = desk.log().revision(desk.now());
                            long scored = summary.get("revision").longValue();
                            summary.put("revision", scored + decided);
                        });
        summary.put("decisions", attention.desk().isPresent());
        attention.bell().ifPresent(bell -> summary.set("alerts", AlertRoutes.summary(bell)));
        return summary;
    }

    @Override
    public Optional<Instant> lastScored() {
        return board.summary().lastScored();
    }

    @Override
    public void routes(PageRoutes routes) {
        routes.get(
                "/api/models",
                request -> DashboardServer.answer(request, DashboardJson.models(board.summary())));
        routes.get("/api/creatives", this::creatives);
        routes.get(
                "/api/creatives/{model}/{creative}",
                request ->
                        creative(
                                request,
                                request.pathParam("model"),
                                request.pathParam("creative")));
        routes.get(
                "/api/creative",
                request ->
                        creative(
                                request,
                                PageJson.needed(request, "model"),
                                PageJson.needed(request, "creative")));
        routes.get(PictureLink.PATH, request -> PictureLink.answer(request, board.cards()));
        routes.get("/api/choices", this::choices);
        routes.get("/api/portfolio", this::portfolio);
        routes.get("/api/metrics", this::metrics);
        routes.get("/api/what-if", this::policy);
        new DecisionRoutes(board, attention.desk()).add(routes);
        new AlertRoutes(attention.bell()).add(routes);
        new ExportRoutes(board, attention.desk()).add(routes);
        routes.question("/api/what-if", body -> whatIf(body, routes.scores()));
    }

    @Override
    public void close() {
        attention.close();
        view.ifPresent(ScoreView::close);
    }

    private void creatives(Context request) {
        Ranking ranking = RankingRequest.read(request);
        Optional<Decided> decided = RankingRequest.decided(request, attention.desk());
        Ranking.Page page = board.rank(ranking, Decided.lens(ranking, attention.desk(), decided));
        ObjectNode node = DashboardJson.page(page, board);
        attention.desk().ifPresent(desk -> DecisionJson.mark(node, page, desk));
        DashboardServer.answer(request, node);
    }

    private void creative(Context request, String model, String creative) {
        Optional<CreativeView> found = board.find(model, creative);
        found.map(this::detail)
                .ifPresentOrElse(
                        node ->
                                DashboardServer.answer(
                                        request, node.put("within", board.horizon())),
                        () -> request.status(HttpStatus.NOT_FOUND));
    }

    private ObjectNode detail(CreativeView view) {
        ObjectNode node = DashboardJson.detail(view, board);
        attention.desk().ifPresent(desk -> DecisionJson.detail(node, view.score(), desk));
        return node;
    }

    private void choices(Context request) {
        DashboardServer.answer(request, DashboardJson.choices(board.choices()));
    }

    private void portfolio(Context request) {
        Portfolio portfolio =
                Portfolio.of(
                        board.newest(), RankingRequest.text(request, "model"), board.horizon());
        DashboardServer.answer(request, DashboardJson.portfolio(portfolio, board.horizon()));
    }

    private void policy(Context request) {
        DashboardServer.answer(request, DashboardJson.policy(policy));
    }

    private ObjectNode whatIf(byte[] body, long scores) {
        Hindsight past =
                hindsight.orElseThrow(
                        () ->
                                new BadRequestException(
                                        "No scores are kept: dashboard.view is empty"));
        return DashboardJson.hindsight(past.ask(body, scores));
    }

    private void metrics(Context request) {
        String model =
                RankingRequest.text(request, "model")
                        .orElseThrow(() -> new BadRequestException("model is missing"));
        DashboardServer.answer(request, DashboardJson.history(model, board.metrics(model)));
    }
}
