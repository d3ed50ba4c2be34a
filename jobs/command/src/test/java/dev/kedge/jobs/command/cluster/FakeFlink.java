// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as the REST interface of a Flink would: to each request what it was told to. */
public final class FakeFlink implements AutoCloseable {
    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Answer> once = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private FakeFlink(HttpServer server) {
        this.server = server;
    }

    /** A Flink of the right version with nothing in it. */
    public static FakeFlink start() throws IOException {
        FakeFlink flink =
                new FakeFlink(
                        HttpServer.create(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        flink.server.createContext("/", flink::answer);
        flink.server.start();
        flink.answer("GET /config", config("2.2.1"));
        flink.jobs();
        flink.answer("GET /jobmanager/config", "[]");
        flink.slots(4, 4);
        return flink;
    }

    private static String config(String version) {
        return """
               {"refresh-interval": 3000, "timezone-name": "UTC", "timezone-offset": 0,
                "flink-version": "%s", "flink-revision": "x",
                "features": {"web-submit": true, "web-cancel": true, "web-rescale": true, "web-history": false}}
               """
                .formatted(version);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/v1", "");
        String request = exchange.getRequestMethod() + " " + path;
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add((request + " " + body).strip());
        Answer next = once.remove(request);
        Answer answer =
                next != null
                        ? next
                        : answers.getOrDefault(
                                request, new Answer(404, "{\"errors\": [\"Not found.\"]}"));
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** What to answer from now on; {@code request} is a method and a path without version. */
    public FakeFlink answer(String request, String body) {
        return answer(request, 200, body);
    }

    /** What to answer from now on, with a status. */
    public FakeFlink answer(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
        return this;
    }

    /** What to answer the next time. */
    public void answerOnce(String request, int status, String body) {
        once.put(request, new Answer(status, body));
    }

    /** Which version it says. */
    public FakeFlink version(String version) {
        return answer("GET /config", config(version));
    }

    /** Which jobs it has: each with id, name and state. */
    public FakeFlink jobs(String... jobs) {
        return answer("GET /jobs/overview", "{\"jobs\": [" + String.join(", ", jobs) + "]}");
    }

    /** A job of {@link #jobs}. */
    public static String job(String id, String name, String state) {
        return """
               {"jid": "%s", "name": "%s", "state": "%s", "start-time": 1700000000000,
                "end-time": -1, "duration": 1, "last-modification": 1, "pending-operators": 0,
                "tasks": {"total": 2, "running": 2}}
               """
                .formatted(id, name, state);
    }

    /** How many slots it has. */
    public FakeFlink slots(int total, int free) {
        return answer(
                "GET /overview",
                """
                {"taskmanagers": 2, "slots-total": %d, "slots-available": %d, "jobs-running": 0,
                 "jobs-finished": 0, "jobs-cancelled": 0, "jobs-failed": 0,
                 "flink-version": "2.2.1", "flink-commit": "x"}
                """
                        .formatted(total, free));
    }

    /** Options of its configuration. */
    public FakeFlink option(String key, String value) {
        return answer(
                "GET /jobmanager/config",
                "[{\"key\": \"" + key + "\", \"value\": \"" + value + "\"}]");
    }

    /** What it was asked, with bodies, in their order. */
    public List<String> requests() {
        return requests;
    }

    /** Where it is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
