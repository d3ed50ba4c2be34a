// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusReporterTest {
    private final PrometheusReporter reporter = new PrometheusReporter();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        reporter.open(new MetricConfig());
    }

    @AfterEach
    void close() {
        reporter.close();
    }

    /** A group of one operator. */
    private static final class Group extends UnregisteredMetricsGroup
            implements LogicalScopeProvider {
        private final String operator;

        Group(String operator) {
            this.operator = operator;
        }

        @Override
        public Map<String, String> getAllVariables() {
            return Map.of("<operator_name>", operator, "<subtask_index>", "0");
        }

        @Override
        public String getLogicalScope(CharacterFilter filter) {
            return getLogicalScope(filter, '.');
        }

        @Override
        public String getLogicalScope(CharacterFilter filter, char delimiter) {
            return "task" + delimiter + filter.filterCharacters("op-1");
        }

        @Override
        public MetricGroup getWrappedMetricGroup() {
            return this;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + reporter.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void metricsAreServedByFamilyWithTheirLabels() throws Exception {
        SimpleCounter counter = new SimpleCounter();
        counter.inc(7);
        reporter.notifyOfAddedMetric(counter, "records", new Group("learn"));
        reporter.notifyOfAddedMetric(counter, "records", new Group("a \"b\""));
        reporter.notifyOfAddedMetric((Gauge<Double>) () -> 0.25, "share", new Group("learn"));
        reporter.notifyOfAddedMetric((Gauge<String>) () -> "text", "words", new Group("learn"));
        reporter.notifyOfAddedMetric(
                (Gauge<Long>)
                        () -> {
                            throw new IllegalStateException("closed");
                        },
                "gone",
                new Group("learn"));

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        assertThat(answer.body())
                .isEqualTo(
                        """
                        # TYPE flink_task_op_1_records counter
                        flink_task_op_1_records{operator_name="a \\"b\\"",subtask_index="0"} 7
                        flink_task_op_1_records{operator_name="learn",subtask_index="0"} 7
                        # TYPE flink_task_op_1_share gauge
                        flink_task_op_1_share{operator_name="learn",subtask_index="0"} 0.25
                        """);
    }

    @Test
    void aMetricThatIsRemovedIsServedNoMore() throws Exception {
        SimpleCounter counter = new SimpleCounter();
        reporter.notifyOfAddedMetric(counter, "records", new Group("learn"));
        reporter.notifyOfAddedMetric(counter, "records", new Group("other"));

        reporter.notifyOfRemovedMetric(counter, "records", new Group("learn"));

        assertThat(get("/metrics").body()).contains("other").doesNotContain("learn");
    }

    @Test
    void nothingElseIsServed() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
        assertThat(get("/metrics").statusCode()).as("no metrics yet").isEqualTo(200);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            JobSettings.Metrics settings =
                    new JobSettings.Metrics(
                            true,
                            "localhost",
                            taken.getLocalPort(),
                            false,
                            JobSettings.OpenTelemetry.OFF,
                            new TreeMap<>());

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> PrometheusReporter.requireFree(settings))
                    .withMessageContaining(
                            "metrics.port: localhost:" + taken.getLocalPort() + " cannot be");
        }
    }

    @Test
    void flinkIsToldOfNoReporterUnlessAJobWantsOne() {
        assertThat(PrometheusReporter.options(JobSettings.Metrics.OFF)).isEmpty();
    }
}
