// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kedge.jobs.metrics.FlinkMetrics;
import dev.kedge.operators.flink.KedgeMetric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus is told of a job that runs. */
class ScrapeITCase {
    private static final String LEARN = "flink_taskmanager_job_task_operator_kedge_";

    @TempDir private static Path folder;

    private static ObservedJob job;
    private static Scrape scrape;

    @BeforeAll
    static void start() throws Exception {
        job = new ObservedJob(folder);
        scrape = job.settled();
    }

    @AfterAll
    static void stop() {
        job.close();
    }

    @Test
    void itHasWhatIsDocumentedAndNothingElse() {
        Set<String> documented = new TreeSet<>();
        FlinkMetrics.chosen().forEach(metric -> documented.add(metric.series()));
        Arrays.stream(KedgeMetric.values())
                .forEach(metric -> documented.addAll(FlinkMetrics.series(metric)));

        assertThat(scrape.labels().keySet()).isEqualTo(documented);
    }

    /** 2,300 lines otherwise: see docs/metrics.md. */
    @Test
    void aJobOfOneTaskHasFewSeries() {
        assertThat(scrape.lines()).hasSizeBetween(100, 140);
    }

    @Test
    void noLabelDiffersFromAttemptToAttemptOrNamesAModel() {
        Set<String> labels = new TreeSet<>();
        scrape.labels().values().forEach(labels::addAll);

        assertThat(labels)
                .containsExactlyInAnyOrder(
                        "figure",
                        "host",
                        "job_name",
                        "memory",
                        "operator_name",
                        "part",
                        "quantile",
                        "reason",
                        "subtask_index",
                        "task_name",
                        "tm_id");
    }

    @Test
    void whatIsCountedFitsTogether() {
        double processed = sum("recordsProcessed");
        double undecodable =
                scrape.sum("flink_taskmanager_job_task_operator_recordsUndecodable").orElseThrow();

        assertThat(processed).isPositive().isEqualTo(sum("cacheHits") + sum("cacheMisses"));
        assertThat(sum("scoreLatency_count")).isPositive().isEqualTo(sum("scoresEmitted"));
        assertThat(sum("learnTime_count")).isPositive().isEqualTo(sum("stepsLearned"));
        assertThat(sum("stepRounds")).isPositive();
        assertThat(sum("learnTime")).isPositive();
        assertThat(sum("reason_deadLetters")).isEqualTo(sum("deadLetters") + undecodable);
        assertThat(sum("checkpointBytes")).isLessThanOrEqualTo(sum("bytesWritten"));
        assertThat(sum("bytesWritten")).isPositive();
        assertThat(sum("part_loss")).isBetween(0.0, 10.0);
        assertThat(sum("memory_memoryEntries")).isBetween(1.0, sum("memory_memoryCapacity"));
        assertThat(sum("modelAge")).as("the market is of 2015").isGreaterThan(300e9);
    }

    /** Prometheus itself adds {@code up} and the labels of what it asks. */
    @Test
    void eachPanelAndEachAlertAsksForMetricsAndLabelsThatAreThere() throws Exception {
        Map<String, Set<String>> there = new TreeMap<>(scrape.labels());
        there.put("up", Set.of("job", "instance"));
        List<String> missing = new ArrayList<>();
        for (ObservedQuery query : ObservedQuery.of(ObservabilityFilesTest.FOLDER)) {
            PromQuery asked = PromQuery.of(query.text());
            assertThat(asked.metrics()).as(query.text()).isNotEmpty();
            asked.metrics()
                    .forEach(
                            (metric, chosen) -> {
                                Set<String> labels = new TreeSet<>(chosen);
                                labels.addAll(asked.grouped());
                                labels.removeAll(there.getOrDefault(metric, Set.of()));
                                if (!there.containsKey(metric) || !labels.isEmpty()) {
                                    missing.add(query.from() + ": " + metric + " " + labels);
                                }
                            });
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void aRealPrometheusAnswersEachPanelAndEachAlert() throws Exception {
        assumeThat(PrometheusProof.isHere()).as("prometheus and promtool").isTrue();
        try (PrometheusProof proof =
                PrometheusProof.start(List.of(job.address()), ObservabilityFilesTest.FOLDER)) {
            List<PrometheusProof.Answer> answers = proof.askUntilGood();

            assertThat(answers).hasSizeGreaterThan(60);
            assertThat(answers).allMatch(PrometheusProof.Answer::isGood);
        }
    }

    private static double sum(String name) {
        return scrape.sum(LEARN + name).orElseThrow();
    }
}
