// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static dev.kedge.jobs.page.PageJson.list;
import static dev.kedge.jobs.page.PageJson.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.page.PageJson;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.policy.WhatIf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the REST interface answers: times in ISO 8601, enums in lower case, null for what is not a
 * number.
 */
public final class DashboardJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final RecordJson<CreativeScore> SCORE = RecordJson.of(CreativeScore.class);
    private static final RecordJson<ModelMetrics> METRICS = RecordJson.of(ModelMetrics.class);
    private static final RecordJson<CreativeDuplicates> DUPLICATES =
            RecordJson.of(CreativeDuplicates.class);
    private static final RecordJson<WhatIf.Best> BEST = RecordJson.of(WhatIf.Best.class);
    private static final RecordJson<WhatIf.Report> OUTCOME = RecordJson.of(WhatIf.Report.class);
    private static final RecordJson<Portfolio.Share> SHARE = RecordJson.of(Portfolio.Share.class);
    private static final RecordJson<CreativeView.Point> POINT =
            RecordJson.of(CreativeView.Point.class);
    private static final RecordJson<CreativeView.Step> STEP =
            RecordJson.of(CreativeView.Step.class);

    /** What only the page of one creative shows. */
    private static final List<String> CURVES =
            List.of(
                    "interval",
                    "cuts",
                    "hazard",
                    "survival",
                    "lower",
                    "upper",
                    "causes",
                    "contributions",
                    "latest",
                    "modelVersion",
                    "featureTime",
                    "outcomes");

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

    static ObjectNode choices(Choices choices) {
        ObjectNode node = NODES.objectNode();
        node.set("advertisers", list(choices.advertisers(), NODES::textNode));
        node.set("campaigns", list(choices.campaigns(), NODES::textNode));
        return node;
    }

    static ObjectNode portfolio(Portfolio portfolio, double horizon) {
        ObjectNode node = NODES.objectNode();
        put(node, "within", horizon);
        node.set("total", SHARE.tree(portfolio.total()));
        ObjectNode actions = node.putObject("actions");
        portfolio
                .shares()
                .forEach(
                        (action, one) ->
                                actions.set(RankingRequest.lower(action), SHARE.tree(one)));
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
        board.cards()
                .find(score.model(), score.creative())
                .filter(card -> card.picture().isPresent())
                .ifPresent(card -> node.put("picture", PictureLink.of(score, card)));
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
        ObjectNode whole = whole(score, board);
        ObjectNode node = whole.deepCopy().without(CURVES);
        CURVES.forEach(name -> node.set(name, whole.get(name)));
        node.set("clickThrough", list(view.clickThrough(), POINT::tree));
        node.set("probability", list(view.probability(), POINT::tree));
        node.set("actions", list(view.actions(), STEP::tree));
        board.duplicates(score.model(), score.creative())
                .ifPresent(said -> node.set("duplicates", duplicates(said)));
        board.cards()
                .find(score.model(), score.creative())
                .ifPresent(card -> node.set("card", card(score, card)));
        return node;
    }

    private static ObjectNode card(CreativeScore score, CreativeCard card) {
        ObjectNode node = NODES.objectNode();
        node.put("text", card.text());
        card.picture()
                .ifPresent(
                        picture ->
                                node.put("picture", PictureLink.of(score, card))
                                        .put("width", picture.width())
                                        .put("height", picture.height()));
        return node;
    }

    /** When a creative will be stopped: null where its curve does not reach. */
    private static JsonNode stopDate(StopDate date) {
        ObjectNode node = NODES.objectNode();
        put(node, "from", moment(date.from()));
        put(node, "median", moment(date.median()));
        put(node, "to", moment(date.to()));
        put(node, "curveEnd", Optional.of(Instant.ofEpochMilli(date.curveEnd())));
        return node;
    }

    private static Optional<Instant> moment(OptionalLong millis) {
        return millis.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(millis.getAsLong()));
    }

    private static ObjectNode duplicates(CreativeDuplicates said) {
        ObjectNode node = DUPLICATES.tree(said);
        node.remove(List.of("model", "creative", "cause"));
        return last(node, "at", "modelVersion", "twins");
    }

    private static ObjectNode row(CreativeScore score, ScoreBoard board) {
        return whole(score, board).without(CURVES);
    }

    /** A score, with what the board knows of its creative beside. */
    private static ObjectNode whole(CreativeScore score, ScoreBoard board) {
        ObjectNode node = NODES.objectNode();
        SCORE.tree(score)
                .properties()
                .forEach(
                        field -> {
                            node.set(field.getKey(), field.getValue());
                            if (field.getKey().equals("advertiser")) {
                                node.put("campaign", board.campaign(score));
                            }
                        });
        node.set(
                "stopDate",
                StopDate.of(score).map(DashboardJson::stopDate).orElse(NODES.nullNode()));
        node.withObject("/totals").put("clickThroughRate", score.totals().clickThroughRate());
        node.withObject("/latest").put("clickThroughRate", score.latest().clickThroughRate());
        return node;
    }

    private static ObjectNode metrics(ModelMetrics metrics) {
        return last(METRICS.tree(metrics), "embeddingRank", "calibration", "decisions");
    }

    /** The same with some of its fields at its end, in this order. */
    private static ObjectNode last(ObjectNode node, String... names) {
        for (String name : names) {
            node.set(name, node.remove(name));
        }
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
        node.set("outcome", OUTCOME.tree(answer.outcome()));
        node.set("jobOutcome", OUTCOME.tree(answer.jobOutcome()));
        node.setAll(BEST.tree(answer.best()));
        return node;
    }
}
