// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a job's page, its REST interface under {@code /api}, and a summary each second at {@code
 * /api/events}. Changes nothing of what it shows.
 */
public final class DashboardServer implements AutoCloseable {
    /** The host that only this machine can reach. */
    public static final String LOCALHOST = "localhost";

    /** Answered however much is asked at once: they cost next to nothing. */
    private static final Set<String> ALWAYS = Set.of("/api/health", "/api/summary", "/api/events");

    private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);

    private final PageContent content;
    private final JobHealth health;
    private final Access access;
    private final ServerLimits limits;
    private final Turnstile turnstile;
    private final Connections connections;
    private final Ticker ticker;
    private final Javalin app;
    private volatile String host = LOCALHOST;
    private volatile int wantedPort;

    /**
     * A server that is not started yet.
     *
     * @param content what it shows
     * @param health how the job is
     * @param token what a request has to bring; needed to bind to more than this machine
     */
    public DashboardServer(PageContent content, JobHealth health, Optional<String> token) {
        this(content, health, token, ServerLimits.DEFAULT);
    }

    DashboardServer(
            PageContent content, JobHealth health, Optional<String> token, ServerLimits limits) {
        this.content = content;
        this.health = health;
        this.access = new Access(token);
        this.limits = limits;
        this.turnstile = new Turnstile(limits);
        this.connections = new Connections(limits);
        this.ticker = new Ticker(() -> summary().toString(), this::status);
        this.app = Javalin.create(this::configure);
    }

    /** Starts to serve this machine only. */
    public DashboardServer start(int port) {
        return start(LOCALHOST, port);
    }

    /**
     * Starts to serve.
     *
     * @param on the host name or address to bind to
     * @param port the port; 0 for any free one
     * @throws PortInUseException if another program has the port
     */
    public DashboardServer start(String on, int port) {
        access.admit(on);
        host = on;
        wantedPort = port;
        try {
            app.start();
        } catch (JavalinBindException e) {
            throw new PortInUseException(port, e);
        } catch (RuntimeException e) {
            throw inUse(e) ? new PortInUseException(port, e) : e;
        }
        return this;
    }

    /**
     * Looks whether a port of this machine is free, before anything is opened for it.
     *
     * @param port the port; 0 is always free
     * @throws PortInUseException if another program has it
     */
    public static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            LOG.debug("port {} is free", socket.getLocalPort());
        } catch (IOException e) {
            throw new PortInUseException(port, e);
        }
    }

    /** The port that is served. */
    public int port() {
        return app.port();
    }

    /** Where a browser finds the page. */
    public URI uri() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port() + "/");
    }

    /** What the interface answers: each method with its path. */
    SortedSet<String> interfacePaths() {
        return app.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.path.startsWith("/api/"))
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        ticker.close();
        app.stop();
        connections.close();
        content.close();
    }

    /** The open connections. */
    Connections connections() {
        return connections;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jetty.threadPool = Transport.threads();
        config.jetty.modifyServer(server -> server.setErrorHandler(Transport::refuse));
        config.jetty.modifyServletContextHandler(
                context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.addConnector(
                (server, http) -> {
                    ServerConnector connector =
                            Transport.connector(server, http, limits, connections);
                    connector.setHost(host);
                    connector.setPort(wantedPort);
                    return connector;
                });
        routes(config.routes);
    }

    private void routes(RoutesConfig routes) {
        routes.before(this::guard);
        routes.get("/api/summary", request -> answer(request, summary()));
        routes.get("/api/health", request -> answer(request, PageJson.health(status())));
        content.routes(new PageRoutes(routes, turnstile, connections, limits));
        routes.sse("/api/events", this::stream);
        Assets.serve(routes, content.assets());
        routes.exception(BadRequestException.class, (e, request) -> refuse(request, e));
        routes.exception(BusyException.class, (e, request) -> comeAgain(request, e));
        routes.exception(HttpResponseException.class, (e, request) -> refuse(request, e));
        routes.exception(Exception.class, (e, request) -> fail(request, e));
        routes.error(HttpStatus.NOT_FOUND, DashboardServer::notFound);
    }

    private void guard(Context request) {
        connections.begin(ServletContextRequest.getServletContextRequest(request.req()));
        Transport.HEADERS.forEach(request::header);
        if (!Origins.admits(request)) {
            turnAway(request, HttpStatus.FORBIDDEN, "Another site's page may not ask this one");
            return;
        }
        switch (access.check(request)) {
            case ADMITTED -> admit(request);
            case EXHAUSTED -> {
                request.header("Retry-After", "60");
                turnAway(request, HttpStatus.TOO_MANY_REQUESTS, "Too many wrong tokens; wait");
            }
            case REFUSED -> {
                request.header("WWW-Authenticate", "Bearer");
                turnAway(
                        request,
                        HttpStatus.UNAUTHORIZED,
                        "A valid token is needed: ?token= or a bearer");
            }
        }
    }

    private void admit(Context request) {
        if (request.path().equals("/api/events") && ticker.full()) {
            throw new BusyException("Too many pages are open; close one");
        }
        if (!ALWAYS.contains(request.path())) {
            turnstile.enter(request);
        }
    }

    private static void turnAway(Context request, HttpStatus status, String reason) {
        request.status(status);
        answer(request, PageJson.error(reason));
        request.skipRemainingHandlers();
    }

    private void stream(SseClient client) {
        if (ticker.join(client)) {
            connections.stream(ServletContextRequest.getServletContextRequest(client.ctx().req()));
        }
    }

    private ObjectNode summary() {
        ObjectNode summary = content.summary();
        summary.set("health", PageJson.health(status()));
        return summary;
    }

    private JobHealth.Status status() {
        return health.status(content.lastScored());
    }

    private static void fail(Context request, Exception e) {
        LOG.warn("{} could not be answered", request.path(), e);
        request.status(HttpStatus.INTERNAL_SERVER_ERROR);
        answer(request, PageJson.error("This could not be answered; the log tells why"));
    }

    private static void refuse(Context request, BadRequestException e) {
        request.status(HttpStatus.BAD_REQUEST);
        answer(request, PageJson.error(e.getMessage()));
    }

    private static void comeAgain(Context request, BusyException e) {
        request.status(HttpStatus.TOO_MANY_REQUESTS).header("Retry-After", "1");
        answer(request, PageJson.error(e.getMessage()));
    }

    /** What the server itself refuses: a method that a path does not have, for example. */
    private static void refuse(Context request, HttpResponseException e) {
        request.status(e.getStatus());
        answer(request, PageJson.error(e.getMessage()));
    }

    private static void notFound(Context request) {
        answer(request, PageJson.error("Nothing is known at " + request.path()));
    }

    /** Answers a request. */
    public static void answer(Context request, ObjectNode node) {
        request.contentType("application/json; charset=utf-8").result(node.toString());
    }

    private static boolean inUse(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause)
                .anyMatch(e -> e instanceof BindException && e.getMessage().contains("in use"));
    }
}
