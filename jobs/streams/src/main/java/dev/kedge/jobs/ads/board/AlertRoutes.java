// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.ads.alerts.AlertBell;
import dev.kedge.jobs.ads.alerts.Sending;
import dev.kedge.jobs.ads.alerts.Told;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.PageJson;
import dev.kedge.jobs.page.PageRoutes;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the bell told. */
final class AlertRoutes {
    private static final RecordJson<Told> TOLD = RecordJson.of(Told.class);
    private static final RecordJson<Sending> SENDING = RecordJson.of(Sending.class);

    private final Optional<AlertBell> bell;

    AlertRoutes(Optional<AlertBell> bell) {
        this.bell = bell;
    }

    void add(PageRoutes routes) {
        routes.get("/api/alerts", this::alerts);
    }

    private void alerts(Context request) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rules", bell.isPresent());
        List<Told> told = bell.map(AlertBell::told).orElse(List.of());
        node.set("alerts", PageJson.list(told, TOLD::tree));
        bell.flatMap(AlertBell::sending).ifPresent(is -> node.set("webhook", SENDING.tree(is)));
        DashboardServer.answer(request, node);
    }

    /** The same in two figures, for the page's head. */
    static ObjectNode summary(AlertBell bell) {
        List<Told> told = bell.told();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("open", told.stream().filter(Told::isOpen).count());
        PageJson.put(
                node,
                "newest",
                told.stream().findFirst().map(one -> Instant.ofEpochMilli(one.alert().at())));
        return node;
    }
}
