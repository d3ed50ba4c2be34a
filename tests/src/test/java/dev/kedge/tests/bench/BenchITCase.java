// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.tests.bench.OperatorBench.Way;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Each benchmark, so small that its figures mean nothing, so that none of them rots. */
class BenchITCase {
    private static final MemorySize MANAGED = MemorySize.ofMebiBytes(64);

    private final StringWriter printed = new StringWriter();
    private final PrintWriter out = new PrintWriter(printed);

    @TempDir private Path folder;

    @Test
    void theOperatorIsMeasuredInEveryWay() {
        OperatorBench.Settings settings =
                new OperatorBench.Settings(1, 0.02, 0.3, MANAGED, List.of(3), false);

        OperatorBench.Result result = new OperatorBench(settings, out).run(interim -> {});

        assertThat(result.leftOut()).isEmpty();
        assertThat(result.rows()).hasSize(2);
        for (OperatorBench.Row row : result.rows()) {
            assertThat(row.setting().parameters()).isBetween(4_900, 5_100);
            for (Way way : Way.values()) {
                assertThat(row.median(way)).as("%s of %s", way, row.setting()).isPositive();
            }
        }
        assertThat(new Plots(folder).operator(result)).isNotEmptyFile();
    }

    @Test
    void aCheckpointGrowsWithTheShareOfDirtyModels() {
        int models = 40;
        CheckpointBench.Settings settings =
                new CheckpointBench.Settings(models, List.of(0.0, 0.5, 1.0), 1, MANAGED);

        CheckpointBench.Result result = new CheckpointBench(settings, folder, out).run();

        long bytes = SampleModels.SMALL.bytes();
        List<CheckpointBench.Measured> checkpoints = result.checkpoints();
        // RocksDB compresses the moments of units that never fire.
        assertThat(result.first().bytes()).isBetween(models * bytes / 4, 2L * models * bytes);
        assertThat(checkpoints.get(0).bytes()).isLessThan(bytes);
        assertThat(checkpoints.get(1).bytes()).isBetween(models * bytes / 8, models * bytes);
        assertThat(checkpoints.get(2).bytes()).isGreaterThan(checkpoints.get(1).bytes());
        assertThat(new Plots(folder).checkpoint(result)).isNotEmptyFile();
    }

    @Test
    void theTrackerIsMeasuredByExactAndByApproximateSearch() {
        TrackerBench.Settings settings =
                new TrackerBench.Settings(List.of(10, 200), 64, 5, 0.01, 200);

        TrackerBench.Result result = new TrackerBench(settings, out).run();

        assertThat(result.rows())
                .extracting(TrackerBench.Row::approximate)
                .containsExactly(false, false, true);
        assertThat(result.rows())
                .allSatisfy(row -> assertThat(row.perSecond()).isPositive())
                .allSatisfy(row -> assertThat(row.kept()).isGreaterThan(0.3));
    }

    @Test
    void theTrackersDemoIsMeasuredBesideItsRivals() throws IOException {
        TrackerDemoBench.Settings settings =
                new TrackerDemoBench.Settings(
                        List.of(3L), 1, 9, "", 0, List.of(InputNormalisation.AUTO), true);

        TrackerDemoBench.Result result = new TrackerDemoBench(settings, out).run();

        assertThat(result.rows())
                .extracting(TrackerDemoBench.Row::who)
                .containsExactly("learned", "frozen", "raw");
        assertThat(result.rows())
                .allSatisfy(row -> assertThat(row.idf1()).hasSize(3))
                .allSatisfy(row -> assertThat(row.idf1()).allMatch(f1 -> f1 > 20 && f1 <= 100));
        assertThat(printed.toString()).contains("| auto | learned | ");
    }

    @Test
    void theSoakLooksAtTheMemoryOfEveryEvent() throws IOException {
        SoakBench.Settings settings =
                new SoakBench.Settings(24, 1, 2, 20, MemorySize.ofMebiBytes(1), MANAGED, 500, 200);

        SoakBench.Result result = new SoakBench(settings, folder, out).run();

        assertThat(result.events()).isGreaterThan(40);
        assertThat(result.samples()).isNotEmpty();
        assertThat(result.samples())
                .allSatisfy(
                        sample -> {
                            assertThat(sample.resident()).isGreaterThan(sample.heapAfterGc());
                            assertThat(sample.heapUsed()).isPositive();
                        });
        assertThat(new Plots(folder).soak(result)).isNotEmptyFile();
    }

    @Test
    void aDayOfAMarketIsPlayedWholeAndItsScoresAreTimed() {
        DayBench.Settings settings =
                new DayBench.Settings(
                        400,
                        4,
                        24,
                        4,
                        2,
                        MemorySize.ofMebiBytes(200),
                        MANAGED,
                        6,
                        MemorySize.ofMebiBytes(1),
                        false);

        DayBench.Result result = new DayBench(settings, folder, out).run();

        assertThat(result.eventsPerSecond()).isPositive();
        assertThat(result.latency().count()).isBetween(1_400L, 1_600L);
        assertThat(result.latency().p50()).isPositive();
        assertThat(result.latency().p99()).isGreaterThanOrEqualTo(result.latency().p50());
        assertThat(result.scoreBytes()).isGreaterThan(1_000_000);
        assertThat(new Plots(folder).day(result)).isNotEmptyFile();
    }

    @Test
    void calibrationIsMeasuredAgainstTheTruth() throws UndecodableException {
        List<CalibrationBench.Market> markets = new CalibrationBench(2, 7, out).run(24);

        assertThat(markets).hasSize(2);
        assertThat(markets)
                .allSatisfy(
                        market -> {
                            assertThat(market.coverage()).isBetween(0.2, 1.0);
                            assertThat(market.width()).isBetween(0.01, 1.0);
                            assertThat(market.said()[0]).isBetween(0.0, 0.5);
                            assertThat(market.rawAgainst()[0]).isBetween(0.0, 0.5);
                        });
        assertThat(printed.toString()).contains("isotonic, 30 days", "platt, 30 days");
    }

    @Test
    void theKernelsRun() throws RunnerException {
        var results =
                new Runner(
                                new OptionsBuilder()
                                        .include(KernelBenchmarks.class.getSimpleName())
                                        .include(MlpStepBenchmark.class.getSimpleName())
                                        .include(ResNetStepBenchmark.class.getSimpleName())
                                        .param("shape", "1x64x44")
                                        .param("size", "5000")
                                        .param("models", "1000")
                                        .param("method", "hpcr")
                                        .forks(0)
                                        .warmupIterations(0)
                                        .measurementIterations(1)
                                        .measurementTime(TimeValue.milliseconds(20))
                                        .build())
                        .run();

        assertThat(results).hasSize(10);
        assertThat(results)
                .allSatisfy(
                        result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

    @Test
    void theMedianAndTheSlopeAreThoseWorkedOutByHand() {
        assertThat(Figures.median(new double[] {5, 1, 2})).isEqualTo(2);
        assertThat(Figures.median(new double[] {4, 1, 2, 9})).isEqualTo(3);
        assertThat(Figures.slope(new double[] {0, 1, 2}, new double[] {1, 4, 4})).isEqualTo(1.5);
    }
}
