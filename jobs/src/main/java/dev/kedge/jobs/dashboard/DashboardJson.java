// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import static dev.kedge.jobs.dashboard.PageJson.iso;
import static dev.kedge.jobs.dashboard.PageJson.list;
import static dev.kedge.jobs.dashboard.PageJson.put;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.creative.CreativeDuplicates;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.ModelMetrics;
import dev.kedge.operators.decision.Policy;
import dev.kedge.operators.decision.WhatIf;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the REST interface answers: times in ISO 8601, enums in lower case, null for what is not a
 * number.
 */
final class DashboardJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DashboardJson() {}

    static ObjectNode summary(ScoreBoard.Summary summary) {
        ObjectNode node = NODES.objectNode();
        node.put("revision", summary.revision());
        put(node, "scoresPerSecond", summary.scoresPerSecond());
        put(node, "eventTime", summary.eventTime());
        node.put("creatives", summary.creatives());
        node.put("stopped", summary.stopped());
        node.set("models", list(summary.modelNames(), NODES::textNode));
        node.set("metrics", list(summary.models(), DashboardJson::metrics));
        PageJson.putDeadLetters(node, summary.deadLetters());
        return node;
    }

    static ObjectNode health(JobHealth.Status status) {
        ObjectNode node = NODES.objectNode();
        node.put("state", RankingRequest.lower(status.state()));
        node.put("since", status.since().toString());
        put(node, "lastEvent", status.lastEvent());
        node.put("message", status.message());
        node.put("stale", status.stale());
        put(node, "checkpoint", status.measures().checkpoint());
        ObjectNode restarts = node.putObject("restarts");
        restarts.put("count", status.restarts().count());
        put(restarts, "last", status.restarts().last());
        restarts.put("reason", status.restarts().reason());
        node.set(
                "warnings",
                list(
                        status.warnings(),
                        warning ->
                                NODES.objectNode()
                                        .put("since", warning.since().toString())
                                        .put("text", warning.text())));
        OptionalLong lag = status.measures().inputLag();
        node.set(
                "inputLag", lag.isPresent() ? NODES.numberNode(lag.getAsLong()) : NODES.nullNode());
        return node;
    }

    static ObjectNode choices(Choices choices) {
        ObjectNode node = NODES.objectNode();
        node.set("advertisers", list(choices.advertisers(), NODES::textNode));
        node.set("campaigns", list(choices.campaigns(), NODES::textNode));
        return node;
    }

    static ObjectNode portfolio(Portfolio portfolio, double horizon) {
        ObjectNode node = NODES.objectNode();
        put(node, "within", horizon);
        node.set("total", share(portfolio.total()));
        ObjectNode actions = node.putObject("actions");
        portfolio
                .shares()
                .forEach((action, one) -> actions.set(RankingRequest.lower(action), share(one)));
        return node;
    }

    private static ObjectNode share(Portfolio.Share share) {
        ObjectNode node = NODES.objectNode().put("creatives", share.creatives());
        put(node, "spent", share.spent());
        put(node, "spending", share.spending());
        put(node, "atRisk", share.atRisk());
        put(node, "probability", share.probability());
        put(node, "expectedWaste", share.expectedWaste());
        return node;
    }

    /** The list; a creative that is the same as an earlier one names its group. */
    static ObjectNode page(Ranking.Page page, ScoreBoard board) {
        ObjectNode node = NODES.objectNode();
        node.put("total", page.total());
        put(node, "within", board.horizon());
        node.set("creatives", list(page.scores(), score -> marked(score, board)));
        return node;
    }

    private static ObjectNode marked(CreativeScore score, ScoreBoard board) {
        ObjectNode node = row(score, board);
        board.duplicates(score.model(), score.creative())
                .filter(said -> !said.group().equals(said.creative()))
                .ifPresent(said -> node.put("sameAs", said.group()));
        return node;
    }

    static ObjectNode models(ScoreBoard.Summary summary) {
        ObjectNode node = NODES.objectNode();
        node.set("models", list(summary.modelNames(), NODES::textNode));
        node.set("metrics", list(summary.models(), DashboardJson::metrics));
        return node;
    }

    static ObjectNode history(String model, List<ModelMetrics> metrics) {
        ObjectNode node = NODES.objectNode().put("model", model);
        node.set("metrics", list(metrics, DashboardJson::metrics));
        return node;
    }

    static ObjectNode detail(CreativeView view, ScoreBoard board) {
        CreativeScore score = view.score();
        ObjectNode node = row(score, board);
        node.put("interval", score.outlook().interval());
        node.set("cuts", numbers(score.outlook().cuts()));
        node.set("hazard", numbers(score.outlook().hazard()));
        node.set("survival", numbers(score.outlook().survival()));
        node.set("lower", numbers(score.outlook().lower()));
        node.set("upper", numbers(score.outlook().upper()));
        node.set("causes", list(score.forecast().causes(), DashboardJson::cause));
        node.set(
                "contributions", list(score.advice().contributions(), DashboardJson::contribution));
        node.set("latest", traffic(score.latest()));
        node.put("modelVersion", score.version().modelVersion());
        node.put("featureTime", iso(score.version().featureTime()));
        node.set("clickThrough", list(view.clickThrough(), DashboardJson::point));
        node.set("probability", list(view.probability(), DashboardJson::point));
        node.set("actions", list(view.actions(), DashboardJson::step));
        board.duplicates(score.model(), score.creative())
                .ifPresent(said -> node.set("duplicates", duplicates(said)));
        return node;
    }

    private static ObjectNode duplicates(CreativeDuplicates said) {
        ObjectNode node = NODES.objectNode().put("group", said.group());
        node.put("at", iso(said.at())).put("modelVersion", said.modelVersion());
        node.set("twins", list(said.twins(), DashboardJson::twin));
        return node;
    }

    private static ObjectNode twin(CreativeDuplicates.Twin twin) {
        ObjectNode node = NODES.objectNode().put("creative", twin.creative());
        put(node, "similarity", twin.similarity());
        return node.put("tie", RankingRequest.lower(twin.tie()));
    }

    static ObjectNode error(String message) {
        return NODES.objectNode().put("error", message);
    }

    private static ObjectNode row(CreativeScore score, ScoreBoard board) {
        ObjectNode node = NODES.objectNode();
        node.put("model", score.model()).put("creative", score.creative());
        node.put("spell", score.spell());
        node.put("advertiser", score.subject().advertiser()).put("campaign", board.campaign(score));
        node.put("text", score.subject().text());
        node.put("at", iso(score.at())).put("launchedAt", iso(score.launchedAt()));
        node.put("cause", RankingRequest.lower(score.cause()));
        node.set("horizons", list(score.forecast().horizons(), DashboardJson::horizon));
        put(node, "cutOut", score.forecast().cutOut());
        put(node, "wearOut", score.forecast().wearOut());
        put(node, "expectedDays", score.forecast().expectedDays());
        put(node, "risk", score.forecast().risk());
        node.put("action", RankingRequest.lower(score.action()))
                .put("reason", score.advice().reason());
        put(node, "spendADay", score.advice().spendADay());
        put(node, "expectedWaste", score.advice().expectedWaste());
        node.set("totals", traffic(score.totals()));
        return node;
    }

    private static ObjectNode metrics(ModelMetrics metrics) {
        ObjectNode node = NODES.objectNode();
        node.put("model", metrics.model()).put("at", iso(metrics.at()));
        node.put("modelVersion", metrics.modelVersion());
        node.put("personPeriods", metrics.learned().personPeriods());
        node.put("discontinuations", metrics.learned().discontinuations());
        node.put("running", metrics.learned().running());
        put(node, "loss", metrics.learned().loss());
        put(node, "concordanceShort", metrics.ranking().concordanceShort());
        put(node, "concordanceLong", metrics.ranking().concordanceLong());
        put(node, "concordanceAll", metrics.ranking().concordanceAll());
        node.put("judged", metrics.ranking().judged());
        put(node, "unknownShare", metrics.ranking().unknownShare());
        node.put("duplicates", metrics.duplicates());
        node.put("deadLetters", metrics.deadLetters());
        node.put("stepsRefused", metrics.stepsRefused());
        put(node, "embeddingRank", metrics.embeddingRank());
        node.set("calibration", list(metrics.calibration(), DashboardJson::calibration));
        node.set("decisions", decisions(metrics.decisions()));
        return node;
    }

    private static ObjectNode calibration(ModelMetrics.HorizonCalibration horizon) {
        ObjectNode node = NODES.objectNode();
        put(node, "days", horizon.days());
        node.put("judged", horizon.judged());
        put(node, "error", horizon.error());
        put(node, "rawError", horizon.rawError());
        node.set("bins", list(horizon.bins(), DashboardJson::bin));
        return node;
    }

    private static ObjectNode bin(ModelMetrics.Bin bin) {
        ObjectNode node = NODES.objectNode();
        put(node, "predicted", bin.predicted());
        put(node, "observed", bin.observed());
        put(node, "weight", bin.weight());
        return node;
    }

    private static ObjectNode decisions(ModelMetrics.Decisions decisions) {
        ObjectNode node = NODES.objectNode();
        node.put("advised", decisions.advised()).put("stopped", decisions.stopped());
        node.put("running", decisions.running());
        put(node, "avoidable", decisions.avoidable());
        return node;
    }

    static ObjectNode policy(Policy policy) {
        ObjectNode node = NODES.objectNode();
        node.set("policy", StrictYaml.tree(policy));
        return node;
    }

    static ObjectNode hindsight(Hindsight.Answer answer) {
        ObjectNode node = policy(answer.policy());
        node.put("scores", answer.scores()).put("kept", answer.kept());
        node.set("outcome", outcome(answer.outcome()));
        node.set("jobOutcome", outcome(answer.jobOutcome()));
        return node;
    }

    private static ObjectNode outcome(WhatIf.Report report) {
        ObjectNode node = NODES.objectNode();
        node.put("spells", report.spells()).put("ended", report.ended());
        put(node, "spend", report.spend());
        node.put("stops", report.stops()).put("dead", report.dead());
        node.put("live", report.live()).put("open", report.open());
        node.put("missed", report.missed());
        put(node, "spendSaved", report.spendSaved());
        put(node, "spendLost", report.spendLost());
        put(node, "meanLeadDays", report.meanLeadDays());
        put(node, "net", report.net());
        return node;
    }

    private static ObjectNode horizon(CreativeScore.Horizon horizon) {
        ObjectNode node = NODES.objectNode();
        put(node, "days", horizon.days());
        put(node, "probability", horizon.probability());
        put(node, "raw", horizon.raw());
        return node;
    }

    private static ObjectNode cause(CreativeScore.CauseShare share) {
        ObjectNode node = NODES.objectNode().put("cause", share.cause());
        put(node, "probability", share.probability());
        return node;
    }

    private static ObjectNode contribution(CreativeScore.Contribution contribution) {
        ObjectNode node = NODES.objectNode().put("group", contribution.group());
        put(node, "change", contribution.change());
        return node;
    }

    private static ObjectNode traffic(CreativeScore.Traffic traffic) {
        ObjectNode node = NODES.objectNode();
        node.put("impressions", traffic.impressions()).put("clicks", traffic.clicks());
        node.put("conversions", traffic.conversions());
        put(node, "spend", traffic.spend());
        put(node, "clickThroughRate", traffic.clickThroughRate());
        return node;
    }

    private static ObjectNode point(CreativeView.Point point) {
        ObjectNode node = NODES.objectNode().put("at", iso(point.at()));
        put(node, "value", point.value());
        return node;
    }

    private static ObjectNode step(CreativeView.Step step) {
        return NODES.objectNode()
                .put("at", iso(step.at()))
                .put("action", RankingRequest.lower(step.action()));
    }

    private static ArrayNode numbers(double[] values) {
        ArrayNode array = NODES.arrayNode(values.length);
        Arrays.stream(values)
                .mapToObj(v -> Double.isFinite(v) ? NODES.numberNode(v) : NODES.nullNode())
                .forEach(array::add);
        return array;
    }
}
