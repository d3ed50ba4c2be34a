// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.connectors.kafka.RawRecord;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.stream.DeadLetter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.OutputTag;

/**
 * A day of a large market through the ad job without its brokers: events as JSON bytes are decoded,
 * scored, learned from, and the scores written as JSON. Sustained speed, latency at half of it,
 * state and checkpoints.
 */
final class DayBench {
    private static final OutputTag<ModelMetrics> METRICS =
            new OutputTag<>("metrics", StreamTypes.MODEL_METRICS);
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("refused", StreamTypes.DEAD_LETTER);

    private static final long SAMPLE_MILLIS = 1_000;

    private final Settings settings;
    private final Path folder;
    private final PrintWriter out;

    /**
     * How much is run.
     *
     * @param creatives all running ones
     * @param models how many share them
     * @param hours statistics of each creative
     * @param slowHours of these, at half the speed
     * @param parallelism subtasks, each with a partition of the market
     * @param cache for live models
     * @param managed memory for RocksDB
     * @param checkpointEvery hours of the market between two checkpoints
     * @param dirty bytes of changed models that stay unwritten between two checkpoints
     * @param slowCheckpoints whether there are checkpoints in the slow hours, too, so that
     *     latencies tell what they hold up
     */
    record Settings(
            int creatives,
            int models,
            int hours,
            int slowHours,
            int parallelism,
            MemorySize cache,
            MemorySize managed,
            int checkpointEvery,
            MemorySize dirty,
            boolean slowCheckpoints) {
        List<MarketDay> partitions() {
            return IntStream.range(0, parallelism)
                    .mapToObj(
                            p ->
                                    new MarketDay(
                                            creatives / parallelism,
                                            models / parallelism,
                                            hours,
                                            p))
                    .toList();
        }
    }

    /**
     * Where the job was at a moment.
     *
     * @param seconds since its start
     * @param events decoded so far
     * @param resident bytes of the process
     */
    record Sample(double seconds, long events, long resident) {}

    /**
     * A checkpoint.
     *
     * @param events decoded when it was asked for
     * @param bytes that were new
     * @param stateBytes all that it refers to
     * @param millis from trigger to the last acknowledgement
     * @param syncMillis of it, a task at a stand
     */
    record Checkpoint(long events, long bytes, long stateBytes, long millis, long syncMillis) {}

    /**
     * Milliseconds from when an event was due to when its score was written.
     *
     * @param count how many
     * @param p50 half of them
     * @param p99 99 of 100
     * @param p999 999 of 1,000
     * @param max all
     */
    record Latency(long count, double p50, double p99, double p999, double max) {}

    /**
     * A whole run.
     *
     * @param machine where
     * @param settings how much
     * @param eventsPerSecond over the full hours
     * @param launchesPerSecond before them
     * @param latency at half of the full speed
     * @param scoreBytes of all scores
     * @param checkpoints in their order
     * @param samples speed and memory over time
     */
    record Result(
            Machine machine,
            Settings settings,
            double eventsPerSecond,
            double launchesPerSecond,
            Latency latency,
            long scoreBytes,
            List<Checkpoint> checkpoints,
            List<Sample> samples) {}

    DayBench(Settings settings, Path folder, PrintWriter out) {
        this.settings = settings;
        this.folder = folder;
        this.out = out;
    }

    Result run() {
        Machine machine = Machine.here();
        Configuration configuration = configuration();
        List<Sample> samples = new ArrayList<>();
        List<Checkpoint> checkpoints = new ArrayList<>();
        long began = System.nanoTime();
        try (LocalCluster cluster =
                LocalCluster.start(job(configuration), configuration, settings.parallelism())) {
            cluster.watch(
                    SAMPLE_MILLIS,
                    () -> look(sample(began, cluster), cluster, samples, checkpoints));
            Result result = result(machine, cluster, samples, checkpoints);
            print(result);
            return result;
        }
    }

    private long slowFrom() {
        return (1L + settings.hours() - settings.slowHours()) * settings.creatives();
    }

    private static Sample sample(long began, LocalCluster cluster) {
        MemorySample memory =
                MemorySample.now((System.nanoTime() - began) / 1e9, cluster.counted());
        return new Sample(memory.seconds(), memory.events(), memory.resident());
    }

    /** Asks for a checkpoint after the launches, and then every so many hours of the market. */
    private void look(
            Sample sample,
            LocalCluster cluster,
            List<Sample> samples,
            List<Checkpoint> checkpoints) {
        samples.add(sample);
        long every = (long) settings.checkpointEvery() * settings.creatives();
        long due = settings.creatives() + checkpoints.size() * every;
        boolean fast = sample.events() < slowFrom();
        if (sample.events() >= due && (fast || settings.slowCheckpoints()) && !cluster.ended()) {
            checkpoints.add(checkpoint(cluster, sample.events()));
            say(checkpoints.get(checkpoints.size() - 1));
        }
    }

    private Configuration configuration() {
        Configuration flink = FlinkRun.configuration(settings.managed());
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(1));
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        return flink;
    }

    private StreamExecutionEnvironment job(Configuration configuration) {
        List<MarketDay> partitions = settings.partitions();
        long events = partitions.stream().mapToLong(MarketDay::events).sum();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(
                        settings.parallelism(), configuration);
        var scores =
                environment
                        .fromSequence(0, events - 1)
                        .flatMap(new DaySource(partitions, settings.hours() - settings.slowHours()))
                        .returns(RawRecord.TYPE)
                        .filter(new Count<>())
                        .process(new DecodeEvents<>(new CreativeEventJson()))
                        .returns(StreamTypes.INCOMING_CREATIVE)
                        .keyBy(incoming -> incoming.event().model(), Types.STRING)
                        .transform("learn", StreamTypes.CREATIVE_SCORE, learner());
        scores.filter(new Latencies()).sinkTo(new DiscardingSink<>());
        scores.getSideOutput(METRICS).sinkTo(new DiscardingSink<>());
        scores.getSideOutput(REFUSED)
                .map(DayBench::fail)
                .returns(StreamTypes.DEAD_LETTER)
                .sinkTo(new DiscardingSink<>());
        return environment;
    }

    /** Nothing in this market is wrong: a refused event would make its figures worthless. */
    private static DeadLetter fail(DeadLetter letter) {
        throw new IllegalStateException(letter.reason() + ": " + letter.message());
    }

    private LearnerOperator<CreativeEvent, CreativeScore, ModelMetrics> learner() {
        DiscontinuationSettings hourly =
                DiscontinuationSettings.DEFAULT.with("statistics.every", Duration.ofHours(1));
        return new LearnerOperator<>(
                new DiscontinuationModels(hourly),
                METRICS,
                REFUSED,
                LearnerBounds.of(
                                CacheBudget.ofBytes(
                                        settings.cache().getBytes() / settings.parallelism()))
                        .leavingDirty(settings.dirty().getBytes()));
    }

    private static Checkpoint checkpoint(LocalCluster cluster, long events) {
        CompletedCheckpointStats stats = cluster.checkpoint();
        long sync = 0;
        for (TaskStateStats task : stats.getAllTaskStateStats()) {
            sync =
                    Math.max(
                            sync,
                            task.getSummaryStats().getSyncCheckpointDurationStats().getMaximum());
        }
        return new Checkpoint(
                events,
                stats.getCheckpointedSize(),
                stats.getStateSize(),
                stats.getEndToEndDuration(),
                sync);
    }

    private Result result(
            Machine machine,
            LocalCluster cluster,
            List<Sample> samples,
            List<Checkpoint> checkpoints) {
        double speed =
                ((List<?>) cluster.accumulated(DaySource.SPEEDS))
                        .stream().mapToDouble(Double.class::cast).sum();
        SortedMap<Integer, Long> latencies = new TreeMap<>();
        ((Map<?, ?>) cluster.accumulated(Latencies.NAME))
                .forEach(
                        (bucket, count) ->
                                latencies.put((Integer) bucket, ((Integer) count).longValue()));
        double launched =
                samples.stream()
                        .filter(s -> s.events() >= settings.creatives())
                        .findFirst()
                        .map(s -> settings.creatives() / s.seconds())
                        .orElse(Double.NaN);
        return new Result(
                machine,
                settings,
                speed,
                launched,
                new Latency(
                        latencies.values().stream().mapToLong(Long::longValue).sum(),
                        Latencies.quantile(latencies, 0.5),
                        Latencies.quantile(latencies, 0.99),
                        Latencies.quantile(latencies, 0.999),
                        Latencies.quantile(latencies, 1)),
                (Long) cluster.accumulated(Latencies.BYTES),
                checkpoints,
                samples);
    }

    private void say(Checkpoint c) {
        out.printf(
                Locale.ROOT,
                "checkpoint after %,d events: %,d MB new, %,d MB state, %,d ms, of them %,d at a stand%n",
                c.events(),
                c.bytes() >> 20,
                c.stateBytes() >> 20,
                c.millis(),
                c.syncMillis());
        out.flush();
    }

    private void print(Result r) {
        out.printf(
                Locale.ROOT,
                "%,d creatives, %,d models, %d statistics each: %,.0f events/s sustained (launches %,.0f/s)%n",
                settings.creatives(),
                settings.models(),
                settings.hours(),
                r.eventsPerSecond(),
                r.launchesPerSecond());
        out.printf(
                Locale.ROOT,
                "event to score at half of that: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, all %.1f ms (%,d scores)%n",
                r.latency().p50(),
                r.latency().p99(),
                r.latency().p999(),
                r.latency().max(),
                r.latency().count());
        out.flush();
    }
}
