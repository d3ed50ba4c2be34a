// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.BiFunction;
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

    /**
     * Takes in what changes something: its body is JSON, short and quickly sent, few at once.
     *
     * @param path where it is sent
     * @param change does it, and says what there is then
     */
    public void change(String path, BiFunction<Context, byte[], ObjectNode> change) {
        routes.post(path, request -> change(request, change));
    }

    /**
     * Answers with a table, which may be long: few at once, each within minutes.
     *
     * @param path where it is asked for
     * @param table makes the table
     */
    public void download(String path, Function<Context, CsvTable> table) {
        routes.get(path, request -> download(request, table));
    }

    /** How many of the newest scores one question may read. */
    public long scores() {
        return limits.scores();
    }

    private void ask(Context request, Function<byte[], ObjectNode> answer) {
        byte[] body = body(request);
        String reader = request.req().getRemoteAddr();
        DashboardServer.answer(request, turnstile.question(reader, () -> answer.apply(body)));
    }

    private void change(Context request, BiFunction<Context, byte[], ObjectNode> change) {
        byte[] body = body(request);
        DashboardServer.answer(request, turnstile.change(() -> change.apply(request, body)));
    }

    private byte[] body(Context request) {
        JsonBody.require(request);
        ServletContextRequest whole = whole(request);
        return turnstile.body(
                () -> connections.receive(whole, () -> JsonBody.read(request, limits.body())));
    }

    private void download(Context request, Function<Context, CsvTable> table) {
        boolean mark = PageJson.truth(request, "mark");
        turnstile.download(
                () -> {
                    CsvTable whole = table.apply(request);
                    connections.allow(whole(request), ServerLimits.DOWNLOAD);
                    CsvAnswer.write(request, whole, mark);
                });
    }

    private static ServletContextRequest whole(Context request) {
        return ServletContextRequest.getServletContextRequest(request.req());
    }
}
