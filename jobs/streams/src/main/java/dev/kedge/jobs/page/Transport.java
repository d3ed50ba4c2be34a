// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

/** How requests come in: threads, connections, and what is refused before anybody looks at it. */
final class Transport {
    /** What every answer says to browsers. */
    static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "X-Frame-Options",
                    "DENY",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Cross-Origin-Resource-Policy",
                    "same-origin",
                    "Cache-Control",
                    "no-store");

    private static final int BACKLOG = 256;

    private Transport() {}

    static ThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(ServerLimits.THREADS, 4);
        threads.setName("kedge-dashboard");
        threads.setDaemon(true);
        return threads;
    }

    static ServerConnector connector(
            Server server,
            HttpConfiguration configuration,
            ServerLimits limits,
            Connections connections) {
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(ServerLimits.HEAD_BYTES);
        // Routes are fixed and none is a file: a name may have any character in its part of a path.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector connector =
                new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setAcceptQueueSize(BACKLOG);
        connector.addBean(connections);
        return connector;
    }

    /** What Jetty itself refuses, a request that is not HTTP for example, in a line of JSON. */
    static boolean refuse(Request request, Response response, Callback callback) {
        HEADERS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        String reason = HttpStatus.getMessage(response.getStatus());
        Content.Sink.write(response, true, PageJson.error(reason).toString(), callback);
        return true;
    }
}
