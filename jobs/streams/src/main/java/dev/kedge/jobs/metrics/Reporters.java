// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.metrics;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.state.settings.Durations;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Flink has to be told for the reporters of metrics that somebody wants. */
public final class Reporters {
    private static final String OPENTELEMETRY = "metrics.reporter.opentelemetry.";
    private static final String PROMETHEUS = "metrics.reporter.prometheus.";

    /** The port of Flink's own reporter for Prometheus. */
    public static final String PORT = PROMETHEUS + "port";

    private Reporters() {}

    /** Options for the reporters that a job wants of the Flink in this process. */
    public static SortedMap<String, String> of(JobSettings.Metrics settings) {
        SortedMap<String, String> options = new TreeMap<>(PrometheusReporter.options(settings));
        JobSettings.OpenTelemetry collector = settings.opentelemetry();
        if (!collector.endpoint().isEmpty()) {
            String factory = "org.apache.flink.metrics.otel.OpenTelemetryMetricReporterFactory";
            options.put(OPENTELEMETRY + "factory.class", factory);
            options.put(OPENTELEMETRY + "exporter.endpoint", collector.endpoint());
            options.put(OPENTELEMETRY + "exporter.protocol", collector.protocol().name());
            options.put(OPENTELEMETRY + "interval", Durations.word(collector.every()));
            options.put(OPENTELEMETRY + "service.name", "kedge");
            if (!settings.all()) {
                options.putAll(FlinkMetrics.filter(OPENTELEMETRY));
            }
        }
        options.putAll(settings.properties());
        return options;
    }

    /**
     * Options for Flink's own reporter for Prometheus, in each process of a cluster.
     *
     * @param port of the first process
     */
    public static SortedMap<String, String> prometheus(int port) {
        SortedMap<String, String> options = new TreeMap<>(FlinkMetrics.filter(PROMETHEUS));
        String factory = "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";
        options.put(PROMETHEUS + "factory.class", factory);
        // Labels as they are, as Kedge's own reporter has them: otherwise "_" stands for most
        // signs.
        options.put(PROMETHEUS + "filterLabelValueCharacters", "false");
        options.put(PORT, Integer.toString(port));
        return options;
    }
}
