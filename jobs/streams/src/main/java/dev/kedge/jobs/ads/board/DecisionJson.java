// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.ads.decisions.Decision;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.ads.decisions.Standing;
import dev.kedge.jobs.page.PageJson;
import dev.kedge.operators.ads.creative.CreativeScore;
import java.util.List;

/** What the REST interface says of decisions. */
final class DecisionJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final RecordJson<Decision> DECISION = RecordJson.of(Decision.class);

    private DecisionJson() {}

    /** Puts into the rows of a list what people decided. */
    static void mark(ObjectNode page, Ranking.Page ranked, DecisionDesk desk) {
        JsonNode rows = page.get("creatives");
        for (int i = 0; i < rows.size(); i++) {
            mark((ObjectNode) rows.get(i), desk.standing(ranked.scores().get(i)));
        }
    }

    private static void mark(ObjectNode row, Standing standing) {
        standing.decision().ifPresent(one -> row.set("decision", brief(one)));
        if (standing.notes() > 0) {
            row.put("notes", standing.notes());
        }
    }

    /** Puts into all that is known of a creative what people decided. */
    static void detail(ObjectNode node, CreativeScore score, DecisionDesk desk) {
        mark(node, desk.standing(score));
        node.set("decisions", trail(desk.log().of(score.model(), score.creative()), desk));
    }

    private static ObjectNode brief(Decision one) {
        ObjectNode node = NODES.objectNode();
        node.put("id", one.id());
        node.put("kind", RankingRequest.lower(one.kind()));
        node.put("who", one.who());
        node.put("at", PageJson.iso(one.at()));
        node.put("reason", one.reason());
        one.until().ifPresent(until -> node.put("until", PageJson.iso(until)));
        return node;
    }

    /** Decisions as they are in the topic, and whether they were taken back. */
    static JsonNode trail(List<Decision> decisions, DecisionDesk desk) {
        return PageJson.list(decisions, one -> one(one, desk));
    }

    static ObjectNode one(Decision decision, DecisionDesk desk) {
        return DECISION.tree(decision).put("undone", desk.log().isUndone(decision));
    }
}
