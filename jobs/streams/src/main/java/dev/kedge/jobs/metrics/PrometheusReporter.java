// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.threads.Daemons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Serves the metrics of Flink in this process at {@code /metrics}, and nothing else anywhere, on
 * one address. Flink's own reporter for Prometheus listens on every address of the machine.
 */
public final class PrometheusReporter implements MetricReporter {
    static final String HOST = "host";
    static final String PORT = "port";

    private static final String NAME = "metrics.reporter.kedge.";
    private static final String PATH = "/metrics";
    private static final int THREADS = 2;

    private final MetricLines lines = new MetricLines();
    private Optional<HttpServer> server = Optional.empty();
    private Optional<ExecutorService> threads = Optional.empty();

    PrometheusReporter() {}

    /** What Flink has to be told for the reporter that a job wants; nothing if it wants none. */
    static Map<String, String> options(JobSettings.Metrics settings) {
        Map<String, String> options = new TreeMap<>();
        if (settings.enabled()) {
            options.put(NAME + "factory.class", PrometheusReporterFactory.class.getName());
            options.put(NAME + HOST, settings.host());
            options.put(NAME + PORT, Integer.toString(settings.port()));
            if (!settings.all()) {
                options.putAll(FlinkMetrics.filter(NAME));
            }
        }
        return options;
    }

    /**
     * Refuses a port that somebody has: Flink would only log it.
     *
     * @throws ConfigurationException naming the port, or a host that is not this machine's
     */
    public static void requireFree(JobSettings.Metrics settings) {
        if (!settings.enabled()) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw ConfigurationException.of(
                    "metrics.port: %s:%d cannot be listened on (%s); choose another"
                            + " metrics.port or metrics.host",
                    settings.host(), settings.port(), e.getMessage());
        }
    }

    @Override
    public void open(MetricConfig config) {
        InetSocketAddress address =
                new InetSocketAddress(
                        config.getString(HOST, "localhost"), config.getInteger(PORT, 0));
        try {
            HttpServer opened = HttpServer.create(address, 0);
            ExecutorService workers =
                    Executors.newFixedThreadPool(THREADS, new Daemons("kedge-metrics"));
            opened.setExecutor(workers);
            opened.createContext("/", this::answer);
            opened.start();
            server = Optional.of(opened);
            threads = Optional.of(workers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port that is served; 0 while none is. */
    int port() {
        return server.map(opened -> opened.getAddress().getPort()).orElse(0);
    }

    private void answer(HttpExchange request) throws IOException {
        try (request) {
            boolean asked =
                    request.getRequestURI().getPath().equals(PATH)
                            && request.getRequestMethod().equals("GET");
            if (!asked) {
                request.sendResponseHeaders(404, -1);
                return;
            }
            byte[] text = lines.text().getBytes(UTF_8);
            request.getResponseHeaders()
                    .set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            request.sendResponseHeaders(200, text.length == 0 ? -1 : text.length);
            request.getResponseBody().write(text);
        }
    }

    @Override
    public void close() {
        server.ifPresent(opened -> opened.stop(0));
        threads.ifPresent(ExecutorService::shutdownNow);
        server = Optional.empty();
        threads = Optional.empty();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        lines.add(metric, name, group);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        lines.remove(metric, name, group);
    }
}
