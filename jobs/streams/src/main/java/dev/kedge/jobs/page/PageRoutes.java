// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Where a page says what it answers below {@code /api}. */
public final class PageRoutes {
    private final RoutesConfig routes;
    private final Turnstile turnstile;
    private final Connections connections;
    private final ServerLimits limits;

    PageRoutes(
            RoutesConfig routes,
            Turnstile turnstile,
            Connections connections,
            ServerLimits limits) {
        this.routes = routes;
        this.turnstile = turnstile;
        this.connections = connections;
        this.limits = limits;
    }

    /** Answers what is asked for at a path. */
    public void get(String path, Handler handler) {
        routes.get(path, handler);
    }

    /**
     * Answers a question that costs work: its body is JSON, short and quickly sent, and it is asked
     * one at a time by each reader.
     *
     * @param path where it is asked
     * @param answer makes the answer from the body
     */
    public void question(String path, Function<byte[], ObjectNode> answer) {
        routes.post(path, request -> ask(request, answer));
    }

    /** How many of the newest scores one question may read. */
    public long scores() {
        return limits.scores();
    }

    private void ask(Context request, Function<byte[], ObjectNode> answer) {
        JsonBody.require(request);
        ServletContextRequest whole = ServletContextRequest.getServletContextRequest(request.req());
        byte[] body =
                turnstile.body(
                        () ->
                                connections.receive(
                                        whole, () -> JsonBody.read(request, limits.body())));
        String reader = request.req().getRemoteAddr();
        DashboardServer.answer(request, turnstile.question(reader, () -> answer.apply(body)));
    }
}
