// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.stream.DeadLetter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.OutputTag;

/**
 * Memory over hours of event time at full speed, with the models of ad-creative discontinuation, a
 * cache too small for them, and checkpoints. No Kafka: events come from a file.
 */
final class SoakBench {
    private static final OutputTag<ModelMetrics> METRICS =
            new OutputTag<>("metrics", StreamTypes.MODEL_METRICS);
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("refused", StreamTypes.DEAD_LETTER);

    private final Settings settings;
    private final Path folder;
    private final PrintWriter out;

    /**
     * How much is run.
     *
     * @param hours of event time
     * @param leadDays days before, so that creatives of all ages run and are reported
     * @param markets how many models
     * @param launchesPerDay in each market
     * @param cache budget for live models
     * @param managed memory for RocksDB
     * @param checkpointMillis between checkpoints
     * @param sampleMillis between looks at the memory
     */
    record Settings(
            int hours,
            int leadDays,
            int markets,
            double launchesPerDay,
            MemorySize cache,
            MemorySize managed,
            long checkpointMillis,
            long sampleMillis) {
        MarketConfig market() {
            return MarketConfig.DEFAULT.withSize(
                    markets, launchesPerDay, leadDays + (hours + 23) / 24);
        }
    }

    /**
     * Growth over the second half of the events.
     *
     * @param resident bytes for each thousand events
     * @param heapAfterGc likewise
     * @param otherNative likewise; 0 without native memory tracking
     */
    record Slopes(double resident, double heapAfterGc, double otherNative) {}

    /**
     * A whole run.
     *
     * @param machine where
     * @param settings how much
     * @param events in the file
     * @param seconds of the job
     * @param slopes growth over the second half
     * @param samples memory over time
     */
    record Result(
            Machine machine,
            Settings settings,
            long events,
            double seconds,
            Slopes slopes,
            List<MemorySample> samples) {}

    SoakBench(Settings settings, Path folder, PrintWriter out) {
        this.settings = settings;
        this.folder = folder;
        this.out = out;
    }

    Result run() throws IOException {
        Machine machine = Machine.here();
        Path file = folder.resolve("events");
        long events = FileEvents.write(settings.market(), file);
        out.printf(Locale.ROOT, "%,d events of %d markets%n", events, settings.markets());
        out.flush();
        Configuration configuration = configuration();
        List<MemorySample> samples = new ArrayList<>();
        long began = System.nanoTime();
        try (LocalCluster cluster =
                LocalCluster.start(job(configuration, file, events), configuration)) {
            cluster.watch(
                    settings.sampleMillis(),
                    () -> samples.add(MemorySample.now(secondsSince(began), cluster.counted())));
        }
        Result result =
                new Result(
                        machine, settings, events, secondsSince(began), slopes(samples), samples);
        print(result);
        return result;
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private Configuration configuration() {
        Configuration flink = FlinkRun.configuration(settings.managed());
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                Duration.ofMillis(settings.checkpointMillis()));
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        return flink;
    }

    private StreamExecutionEnvironment job(Configuration configuration, Path file, long events) {
        StreamExecutionEnvironment environment = LocalCluster.environment(configuration);
        var scores =
                environment
                        .fromSequence(0, events - 1)
                        .flatMap(new FileEvents(file))
                        .returns(StreamTypes.INCOMING_CREATIVE)
                        .filter(new Count<>())
                        .keyBy(incoming -> incoming.event().model(), Types.STRING)
                        .transform("learn", StreamTypes.CREATIVE_SCORE, learner());
        scores.sinkTo(new DiscardingSink<>());
        scores.getSideOutput(METRICS).sinkTo(new DiscardingSink<>());
        scores.getSideOutput(REFUSED).sinkTo(new DiscardingSink<>());
        return environment;
    }

    private LearnerOperator<
                    dev.kedge.operators.ads.creative.CreativeEvent, CreativeScore, ModelMetrics>
            learner() {
        return new LearnerOperator<>(
                new DiscontinuationModels(DiscontinuationSettings.DEFAULT),
                METRICS,
                REFUSED,
                LearnerBounds.of(CacheBudget.ofBytes(settings.cache().getBytes())));
    }

    private static Slopes slopes(List<MemorySample> samples) {
        long last = samples.isEmpty() ? 0 : samples.get(samples.size() - 1).events();
        List<MemorySample> half =
                samples.stream().filter(sample -> sample.events() >= last / 2).toList();
        return new Slopes(
                slope(half, MemorySample::resident),
                slope(half, MemorySample::heapAfterGc),
                slope(half, MemorySample::otherNative));
    }

    private static double slope(List<MemorySample> samples, ToDoubleFunction<MemorySample> of) {
        return Figures.slope(
                samples.stream().mapToDouble(s -> s.events() / 1000.0).toArray(),
                samples.stream().mapToDouble(of).toArray());
    }

    private void print(Result result) {
        out.printf(
                "%10s %10s %10s %10s %10s %10s %12s%n",
                "events", "resident", "heap", "after GC", "direct", "JavaCPP", "other native");
        int step = Math.max(1, result.samples().size() / 12);
        for (int i = 0; i < result.samples().size(); i += step) {
            MemorySample s = result.samples().get(i);
            out.printf(
                    Locale.ROOT,
                    "%,10d %,7d MB %,7d MB %,7d MB %,7d MB %,7d MB %,9d MB%n",
                    s.events(),
                    s.resident() >> 20,
                    s.heapUsed() >> 20,
                    s.heapAfterGc() >> 20,
                    s.direct() >> 20,
                    s.javaCpp() >> 20,
                    s.otherNative() >> 20);
        }
        out.printf(
                Locale.ROOT,
                "%,d events in %,.0f s; growth in the second half, bytes a thousand events: resident %,.0f, heap after GC %,.0f, other native %,.0f%n",
                result.events(),
                result.seconds(),
                result.slopes().resident(),
                result.slopes().heapAfterGc(),
                result.slopes().otherNative());
        out.flush();
    }
}
