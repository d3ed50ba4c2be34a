// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.json.UndecodableException;
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
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * What state costs the thread of one task, in processor time, so that what else the machine does is
 * not in it: an event of an ad model under a cache, and a barrier after every creative has changed.
 * State is in RocksDB; events are uniform over the models. The ways take turns, round by round.
 */
final class StateBench {
    private static final OutputTag<ModelMetrics> METRICS =
            new OutputTag<>("metrics", StreamTypes.MODEL_METRICS);
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("refused", StreamTypes.DEAD_LETTER);

    private final MarketDay day;
    private final Path folder;
    private final PrintWriter out;

    /**
     * A way to keep state.
     *
     * @param cache bytes of live models
     * @param dirty bytes of changed models that stay unwritten
     */
    record Way(long cache, long dirty) {}

    /**
     * What a round cost, all in milliseconds of the thread's processor time.
     *
     * @param way which
     * @param event mean of an event
     * @param slice longest that writing held up the events between two records
     * @param barrier the synchronous part of the checkpoint
     */
    record Cost(Way way, double event, double slice, double barrier) {}

    StateBench(int creatives, int models, Path folder, PrintWriter out) {
        this.folder = folder;
        this.day = new MarketDay(creatives, models, 3, 0);
        this.out = out;
    }

    List<Cost> run(List<Way> ways, int rounds) throws Exception {
        List<Cost> costs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (Way way : ways) {
                Cost cost = measure(way);
                costs.add(cost);
                out.printf(
                        Locale.ROOT,
                        "cache %,d MB, %,d MB unwritten: %.3f ms an event, writing at most %.1f ms between two, barrier %.0f ms%n",
                        way.cache() >> 20,
                        way.dirty() >> 20,
                        cost.event(),
                        cost.slice(),
                        cost.barrier());
                out.flush();
            }
        }
        return costs;
    }

    private Cost measure(Way way) throws Exception {
        try (var task = task(way)) {
            play(task, 0, 1);
            task.snapshot(1, 1);
            long began = cpu();
            double slice = play(task, 1, 2);
            double event = millis(began) / day.launches();
            began = cpu();
            task.snapshot(2, 2);
            return new Cost(way, event, slice, millis(began));
        }
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Incoming<CreativeEvent>, CreativeScore>
            task(Way way) throws Exception {
        DiscontinuationSettings hourly =
                DiscontinuationSettings.DEFAULT.with("statistics.every", Duration.ofHours(1));
        LearnerBounds bounds = LearnerBounds.of(CacheBudget.ofBytes(way.cache()));
        var task =
                new KeyedOneInputStreamOperatorTestHarness<
                        String, Incoming<CreativeEvent>, CreativeScore>(
                        new LearnerOperator<>(
                                new DiscontinuationModels(hourly),
                                METRICS,
                                REFUSED,
                                bounds.leavingDirty(way.dirty())),
                        incoming -> incoming.event().model(),
                        Types.STRING);
        task.setStateBackend(new EmbeddedRocksDBStateBackend(true));
        task.setCheckpointStorage(new FileSystemCheckpointStorage(folder.toUri()));
        task.setup(
                StreamTypes.CREATIVE_SCORE.createSerializer(
                        task.getExecutionConfig().getSerializerConfig()));
        task.open();
        return task;
    }

    /** Plays some hours; returns the longest time that the task's timer took. */
    private double play(
            KeyedOneInputStreamOperatorTestHarness<String, Incoming<CreativeEvent>, CreativeScore>
                    task,
            int from,
            int to)
            throws Exception {
        CreativeEventJson json = new CreativeEventJson();
        double longest = 0;
        for (long n = from * day.launches(); n < to * day.launches(); n++) {
            byte[] bytes = day.bytes(n);
            if (bytes.length > 0) {
                task.processElement(incoming(json, bytes, n), 0);
                task.getOutput().clear();
                long began = cpu();
                task.setProcessingTime(began / 1_000_000);
                longest = Math.max(longest, millis(began));
            }
        }
        return longest;
    }

    private Incoming<CreativeEvent> incoming(CreativeEventJson json, byte[] bytes, long n)
            throws UndecodableException {
        return new Incoming<>(
                json.decode(bytes), new Origin("state", 0, n, day.at(n)), new byte[0]);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double millis(long since) {
        return (cpu() - since) / 1e6;
    }
}
