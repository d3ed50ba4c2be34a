// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.jobs.ads.decisions.Decision;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.ads.decisions.DecisionLostException;
import dev.kedge.jobs.ads.decisions.RefusedDecisionException;
import dev.kedge.jobs.ads.decisions.Wish;
import dev.kedge.jobs.page.BadRequestException;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JsonBody;
import dev.kedge.jobs.page.PageRoutes;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.state.text.Text;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people decide, and what they decided. */
final class DecisionRoutes {
    static final String OFF = "No decisions are taken: topics.decisions is empty";

    private final ScoreBoard board;
    private final Optional<DecisionDesk> desk;

    DecisionRoutes(ScoreBoard board, Optional<DecisionDesk> desk) {
        this.board = board;
        this.desk = desk;
    }

    void add(PageRoutes routes) {
        routes.get("/api/decisions", this::decisions);
        routes.change("/api/decisions", this::decide);
    }

    private DecisionDesk open() {
        return desk.orElseThrow(() -> new BadRequestException(OFF));
    }

    /** Those of one creative, or the newest of all. */
    private void decisions(Context request) {
        DecisionDesk open = open();
        Optional<String> model = RankingRequest.text(request, "model");
        Optional<String> creative = RankingRequest.text(request, "creative");
        if (model.isPresent() != creative.isPresent()) {
            throw new BadRequestException(
                    "model and creative must be given together, or none of them");
        }
        List<Decision> found =
                model.isPresent()
                        ? open.log().of(model.get(), creative.orElseThrow())
                        : open.log().newest();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("now", open.now().toString());
        node.put("loaded", open.loaded());
        node.put("named", !open.personHeader().isEmpty());
        node.put("who", named(request, open).orElse(""));
        node.set("decisions", DecisionJson.trail(found, open));
        DashboardServer.answer(request, node);
    }

    private static Optional<String> named(Context request, DecisionDesk open) {
        return Optional.of(open.personHeader())
                .filter(name -> !name.isEmpty())
                .flatMap(name -> Optional.ofNullable(request.header(name)));
    }

    private ObjectNode decide(Context request, byte[] body) {
        DecisionDesk open = open();
        try {
            Wish wish = Wish.read(JsonBody.parse(body, "decision"));
            CreativeScore score =
                    board.find(wish.model(), wish.creative())
                            .map(CreativeView::score)
                            .orElseThrow(() -> unknown(wish));
            Decision made = open.decide(wish, named(request, open), score, board.campaign(score));
            return DecisionJson.one(made, open);
        } catch (RefusedDecisionException e) {
            BadRequestException wrong = new BadRequestException(e.getMessage());
            wrong.initCause(e);
            throw wrong;
        } catch (DecisionLostException e) {
            HttpResponseException lost =
                    new HttpResponseException(
                            HttpStatus.SERVICE_UNAVAILABLE.getCode(), e.getMessage(), Map.of());
            lost.initCause(e);
            throw lost;
        }
    }

    private static BadRequestException unknown(Wish wish) {
        return new BadRequestException(
                Text.format(
                        "decision: creative: '%s' of model '%s' is not on the board",
                        wish.creative(), wish.model()));
    }
}
