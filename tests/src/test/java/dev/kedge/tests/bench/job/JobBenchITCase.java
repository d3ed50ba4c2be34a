// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.config.JobSettings.Delivery;
import dev.kedge.tests.bench.report.BenchReport;
import dev.kedge.tests.bench.report.BenchResult;
import dev.kedge.tests.bench.report.Figure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The measurement of whole jobs, so small that its figures mean nothing, so that it does not rot.
 */
class JobBenchITCase {
    private final PrintWriter out = new PrintWriter(new StringWriter());

    @TempDir private Path folder;

    @Test
    void aJobIsMeasuredOverABrokerOfItsOwn() throws InterruptedException {
        BenchResult result = new JobBench(options(), "./kedge bench job", out, interim -> {}).run();

        assertThat(result.figures())
                .filteredOn(figure -> figure.question().equals("latency"))
                .extracting(Figure::name)
                .startsWith("offered, events/s", "p50, ms", "p99, ms", "p99.9, ms", "max, ms");
        assertThat(result.figures())
                .filteredOn(figure -> !figure.name().matches(".*(checkpoint|processor time).*"))
                .allSatisfy(figure -> assertThat(figure.value()).as(figure.name()).isPositive());
        assertThat(result.timelines()).hasSize(1);
        new BenchReport(folder, "job", out).write(result);
        assertThat(folder.resolve("job.csv")).content().contains("ads,rate,at-once,");
        assertThat(folder.resolve("job.html")).content().contains("\"p99, ms\"");
    }

    private JobBenchOptions options() {
        List<String> flags = List.of("-Xmx512m");
        Setup setup = new Setup(Delivery.AT_ONCE, Duration.ofSeconds(1), 1, "", "16 mb", flags);
        return new JobBenchOptions(
                List.of(BenchedJob.ADS),
                Set.of(Question.RATE, Question.LATENCY),
                new Scale(2, Scale.Size.SMALL, 20),
                setup,
                200,
                1,
                List.of(0.01),
                Duration.ZERO,
                List.of(),
                List.of(),
                false,
                folder.resolve("run"));
    }
}
