// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.operators.decision.Policy;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.router.ParsedEndpoint;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a job's page, its REST interface under {@code /api}, and a summary each second at {@code
 * /api/events}. Changes nothing of what it shows.
 */
public final class DashboardServer implements AutoCloseable {
    /** The host that only this machine can reach. */
    public static final String LOCALHOST = "localhost";

    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);

    private final PageContent content;
    private final JobHealth health;
    private final Access access;
    private final Javalin app;
    private final Ticker ticker;
    private volatile String host = LOCALHOST;

    /**
     * A server that is not started yet.
     *
     * @param board the creatives that it shows
     * @param health how the job is
     * @param token what a request has to bring; needed to bind to more than this machine
     */
    public DashboardServer(ScoreBoard board, JobHealth health, Optional<String> token) {
        this(new CreativesPage(board, Optional.empty(), Policy.DEFAULT), health, token);
    }

    /**
     * A server that is not started yet.
     *
     * @param content what it shows
     * @param health how the job is
     * @param token what a request has to bring; needed to bind to more than this machine
     */
    public DashboardServer(PageContent content, JobHealth health, Optional<String> token) {
        this.content = content;
        this.health = health;
        this.access = new Access(token);
        this.app = Javalin.create(DashboardServer::configure);
        this.ticker = new Ticker(() -> summary().toString());
        routes();
        Assets.serve(app, content.assets());
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
        try {
            app.start(on, port);
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
        return app.unsafeConfig().pvt.internalRouter.allHttpHandlers().stream()
                .map(ParsedEndpoint::getEndpoint)
                .filter(endpoint -> endpoint.getPath().startsWith("/api/"))
                .map(endpoint -> endpoint.getMethod().name() + " " + endpoint.getPath())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        ticker.close();
        app.stop();
        content.close();
    }

    private static void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
    }

    private void routes() {
        app.before(this::guard);
        app.get("/api/summary", request -> answer(request, summary()));
        app.get("/api/health", request -> answer(request, DashboardJson.health(status())));
        content.routes(app);
        app.sse("/api/events", ticker::join);
        app.exception(BadRequestException.class, (e, request) -> refuse(request, e));
        app.exception(HttpResponseException.class, (e, request) -> refuse(request, e));
        app.exception(Exception.class, (e, request) -> fail(request, e));
        app.error(HttpStatus.NOT_FOUND, DashboardServer::notFound);
    }

    private void guard(Context request) {
        request.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
        if (!access.allows(request)) {
            request.status(HttpStatus.UNAUTHORIZED).header("WWW-Authenticate", "Bearer");
            answer(request, DashboardJson.error("A valid token is needed: ?token= or a bearer"));
            request.skipRemainingHandlers();
        }
    }

    private ObjectNode summary() {
        ObjectNode summary = content.summary();
        summary.set("health", DashboardJson.health(status()));
        return summary;
    }

    private JobHealth.Status status() {
        return health.status(content.lastScored());
    }

    private static void fail(Context request, Exception e) {
        LOG.warn("{} could not be answered", request.path(), e);
        request.status(HttpStatus.INTERNAL_SERVER_ERROR);
        answer(request, DashboardJson.error("This could not be answered; the log tells why"));
    }

    private static void refuse(Context request, BadRequestException e) {
        request.status(HttpStatus.BAD_REQUEST);
        answer(request, DashboardJson.error(e.getMessage()));
    }

    /** What the server itself refuses: a method that a path does not have, for example. */
    private static void refuse(Context request, HttpResponseException e) {
        request.status(e.getStatus());
        answer(request, DashboardJson.error(e.getMessage()));
    }

    private static void notFound(Context request) {
        answer(request, DashboardJson.error("Nothing is known at " + request.path()));
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
