// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.metrics.Reporters;
import dev.kedge.operators.flink.KedgeMetric;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.filter.DefaultReporterFilters;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.junit.jupiter.api.Test;

/** What Flink's own reporters make of Kedge's metrics, with the options that Kedge gives them. */
class ReportersTest {
    private static MetricRegistryImpl registry(Map<String, String> options) {
        Configuration flink = Configuration.fromMap(options);
        return new MetricRegistryImpl(
                MetricRegistryConfiguration.fromConfiguration(flink, 1 << 20),
                ReporterSetupBuilder.METRIC_SETUP_BUILDER.fromConfiguration(
                        flink, DefaultReporterFilters::metricsFromConfiguration, null));
    }

    /** Counts one score of a task, and what nobody wants to see. */
    private static void count(MetricRegistryImpl registry) {
        TaskMetricGroup task =
                TaskManagerMetricGroup.createTaskManagerMetricGroup(
                                registry, "here", new ResourceID("taskmanager-1"))
                        .addJob(new JobID(), "ads")
                        .addTask(ExecutionAttemptID.randomId(), "learn");
        KedgeMetric.SCORES_EMITTED
                .counter(task.getOrAddOperator("learn").addGroup(KedgeMetric.GROUP))
                .inc(7);
        task.counter("numBuffersOut").inc(3);
    }

    @Test
    void prometheusIsToldOfKedgesMetricsAndOfFlinksThatMatter() throws Exception {
        int port = Ports.free();
        MetricRegistryImpl registry = registry(Reporters.prometheus(port));
        try {
            count(registry);

            URI uri = URI.create("http://localhost:" + port + "/metrics");
            String text =
                    HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body();

            assertThat(text)
                    .contains(
                            "# TYPE flink_taskmanager_job_task_operator_kedge_scoresEmitted gauge",
                            "flink_taskmanager_job_task_operator_kedge_scoresEmitted{",
                            "job_name=\"ads\"",
                            "tm_id=\"taskmanager-1\"",
                            " 7.0")
                    .contains("flink_taskmanager_job_task_busyTimeMsPerSecond")
                    .doesNotContain("numBuffersOut", "attempt", "job_id");
        } finally {
            registry.closeAsync().get();
        }
    }

    @Test
    void aCollectorOfOpenTelemetryIsSentThemAsOften() throws Exception {
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer collector = HttpServer.create(any, 0);
        collector.createContext(
                "/v1/metrics",
                request -> {
                    try (request) {
                        sent.add(new String(request.getRequestBody().readAllBytes(), ISO_8859_1));
                        request.sendResponseHeaders(200, -1);
                    }
                });
        collector.start();
        String endpoint = "http://localhost:" + collector.getAddress().getPort() + "/v1/metrics";
        JobSettings.Metrics settings =
                new JobSettings.Metrics(
                        false,
                        "localhost",
                        9249,
                        false,
                        new JobSettings.OpenTelemetry(
                                endpoint, JobSettings.Protocol.HTTP, Duration.ofSeconds(1)),
                        new TreeMap<>());
        MetricRegistryImpl registry = registry(Reporters.of(settings));
        try {
            count(registry);

            await().until(
                            () -> String.join("\n", sent),
                            all -> all.contains("operator.kedge.scoresEmitted"));
            assertThat(String.join("\n", sent))
                    .contains("service.name", "kedge", "job_name")
                    .doesNotContain("numBuffersOut", "attempt_id");
        } finally {
            registry.closeAsync().get();
            collector.stop(0);
        }
    }
}
