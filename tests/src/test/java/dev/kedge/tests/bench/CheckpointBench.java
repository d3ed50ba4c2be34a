// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.tests.bench.SampleStream.Keys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.awaitility.Awaitility;

/**
 * Bytes and duration of an incremental checkpoint against the share of models that changed since
 * the one before. All models are live; the shares take turns, round by round.
 */
final class CheckpointBench {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Settings settings;
    private final Path folder;
    private final PrintWriter out;

    /**
     * How much is run.
     *
     * @param models how many, of about 5,000 parameters
     * @param shares of the models that change between two checkpoints
     * @param rounds how often each share is measured
     * @param managed memory for RocksDB
     */
    record Settings(int models, List<Double> shares, int rounds, MemorySize managed) {}

    /**
     * One checkpoint.
     *
     * @param share of the models that changed
     * @param bytes new bytes, of all operators
     * @param millis from trigger to the last acknowledgement
     * @param syncMillis of it, the task at a stand: writing what changed to RocksDB
     * @param asyncMillis of it, in the background: new files to the checkpoint folder
     */
    record Measured(double share, long bytes, long millis, long syncMillis, long asyncMillis) {}

    /**
     * A whole run.
     *
     * @param machine where
     * @param settings how much
     * @param stateBytes all models with their optimiser slots
     * @param first the checkpoint that had everything to write
     * @param checkpoints the ones after, in their order
     */
    record Result(
            Machine machine,
            Settings settings,
            long stateBytes,
            Measured first,
            List<Measured> checkpoints) {
        double[] of(double share, java.util.function.ToLongFunction<Measured> figure) {
            return checkpoints.stream()
                    .filter(c -> c.share() == share)
                    .mapToDouble(c -> (double) figure.applyAsLong(c))
                    .toArray();
        }
    }

    CheckpointBench(Settings settings, Path folder, PrintWriter out) {
        this.settings = settings;
        this.folder = folder;
        this.out = out;
    }

    Result run() {
        Machine machine = Machine.here();
        List<Double> shares = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            shares.addAll(settings.shares());
        }
        List<Long> batches = new ArrayList<>(List.of((long) settings.models()));
        shares.forEach(share -> batches.add(Math.round(share * settings.models())));
        Configuration configuration = configuration();
        try (LocalCluster cluster =
                LocalCluster.start(job(configuration, batches), configuration)) {
            Measured first = measure(cluster, 1, batches.get(0));
            List<Measured> checkpoints = new ArrayList<>();
            long learned = batches.get(0);
            for (int i = 0; i < shares.size(); i++) {
                learned += batches.get(i + 1);
                checkpoints.add(measure(cluster, shares.get(i), learned));
            }
            long bytes = settings.models() * SampleModels.SMALL.bytes();
            Result result = new Result(machine, settings, bytes, first, checkpoints);
            print(result);
            return result;
        }
    }

    private Configuration configuration() {
        Configuration flink = FlinkRun.configuration(settings.managed());
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(1));
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        flink.set(
                org.apache.flink.configuration.WebOptions.CHECKPOINTS_HISTORY_SIZE,
                settings.rounds() * settings.shares().size() + 1);
        return flink;
    }

    private StreamExecutionEnvironment job(Configuration configuration, List<Long> batches) {
        SampleModels models = SampleModels.SMALL;
        SampleStream.Plan plan =
                new SampleStream.Plan(
                        settings.models(), Keys.UNIFORM, models.inputs(), Long.MAX_VALUE);
        StreamExecutionEnvironment environment = LocalCluster.environment(configuration);
        environment
                .fromSource(
                        new BatchedSequence(batches),
                        WatermarkStrategy.noWatermarks(),
                        "batches",
                        Types.LONG)
                .map(new Draw(plan))
                .returns(SampleStream.TYPE)
                .keyBy(incoming -> incoming.event().model(), Types.STRING)
                .transform("learn", Types.FLOAT, FlinkRun.operator(models, Long.MAX_VALUE))
                .filter(new Count<>())
                .sinkTo(new DiscardingSink<>());
        return environment;
    }

    private static Measured measure(LocalCluster cluster, double share, long learned) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(LOOK)
                .until(() -> cluster.counted() == learned);
        CompletedCheckpointStats stats = cluster.checkpoint();
        long sync = 0;
        long async = 0;
        for (TaskStateStats task : stats.getAllTaskStateStats()) {
            var summary = task.getSummaryStats();
            sync = Math.max(sync, summary.getSyncCheckpointDurationStats().getMaximum());
            async = Math.max(async, summary.getAsyncCheckpointDurationStats().getMaximum());
        }
        return new Measured(
                share, stats.getCheckpointedSize(), stats.getEndToEndDuration(), sync, async);
    }

    private void print(Result result) {
        out.printf(
                Locale.ROOT,
                "%,d models of %,d parameters, %,d MB with optimiser slots; first checkpoint %,d MB in %,d ms%n",
                settings.models(),
                SampleModels.SMALL.parameters(),
                result.stateBytes() >> 20,
                result.first().bytes() >> 20,
                result.first().millis());
        out.printf("%8s %14s %10s %10s %10s%n", "dirty", "bytes", "ms", "sync ms", "async ms");
        for (double share : settings.shares()) {
            out.printf(
                    Locale.ROOT,
                    "%7.0f%% %,14.0f %,10.0f %,10.0f %,10.0f%n",
                    100 * share,
                    Figures.median(result.of(share, Measured::bytes)),
                    Figures.median(result.of(share, Measured::millis)),
                    Figures.median(result.of(share, Measured::syncMillis)),
                    Figures.median(result.of(share, Measured::asyncMillis)));
        }
        out.flush();
    }
}
