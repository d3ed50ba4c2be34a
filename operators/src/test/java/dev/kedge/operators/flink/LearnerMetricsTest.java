// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.MemoryFill;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.cache.LiveCache;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.PartStore;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.junit.jupiter.api.Test;

class LearnerMetricsTest {
    private final RecordedMetrics group = new RecordedMetrics();
    private final Models models = new Models();
    private long now = 1_000_000;
    private long nanos;
    private final LearnerMetrics<Double> metrics =
            new LearnerMetrics<>(
                    group,
                    new LearnerMetrics.Clocks(() -> now, () -> nanos),
                    models,
                    List.of("near", "far"));

    /** Models that say one figure, and have one memory. */
    private static final class Models implements LiveModels<String, String, Double> {
        private static final long serialVersionUID = 1L;

        @Override
        public long eventTime(Incoming<String> incoming) {
            return NO_TIME;
        }

        @Override
        public List<String> memories() {
            return List.of("replay");
        }

        @Override
        public SortedMap<String, ToDoubleFunction<Double>> figures() {
            return new TreeMap<>(Map.of("accuracy", Double::doubleValue));
        }

        @Override
        public Shared<String, String, Double> open() {
            throw new UnsupportedOperationException();
        }
    }

    private record Model(long learnedUntil, MemoryFill fill)
            implements LiveModel<String, String, Double> {
        @Override
        public void process(Incoming<String> incoming, Outlet<String, Double> outlet) {}

        @Override
        public void obey(Command command) {}

        @Override
        public List<MemoryFill> memories() {
            // One more than was named: models of one's own may be wrong, and the job goes on.
            return List.of(fill, MemoryFill.NONE);
        }

        @Override
        public long bytes() {
            return 1;
        }

        @Override
        public void flush(PartStore store) {}
    }

    private Live<String, String, Double> live(long learnedUntil, long entries) {
        KeyClock clock = KeyClock.restored(new MemoryPartStore());
        Model model = new Model(learnedUntil, new MemoryFill(entries, 10));
        return new Live<>(model, clock, metrics.untold());
    }

    private static KedgeMetric.Kind kind(Metric metric) {
        return metric instanceof Counter
                ? KedgeMetric.Kind.COUNTER
                : metric instanceof Meter
                        ? KedgeMetric.Kind.METER
                        : metric instanceof Histogram
                                ? KedgeMetric.Kind.HISTOGRAM
                                : KedgeMetric.Kind.GAUGE;
    }

    @Test
    void eachMetricOfTheLearnerIsRegisteredAsItsKindAndNoOther() {
        metrics.watch(group, new LiveCache<>(0, one -> 1, (key, one) -> {}));
        metrics.watch(group, () -> 0);

        Set<String> registered = new TreeSet<>();
        group.all()
                .forEach(
                        (name, metric) -> {
                            assertThat(metric)
                                    .isInstanceOfAny(
                                            Counter.class,
                                            Meter.class,
                                            Gauge.class,
                                            Histogram.class);
                            String[] path = name.split("\\.", -1);
                            String label = path.length == 4 ? path[1] + "." : "";
                            registered.add(label + path[path.length - 1] + " " + kind(metric));
                        });

        assertThat(registered)
                .isEqualTo(
                        Arrays.stream(KedgeMetric.values())
                                .filter(one -> one.place() != KedgeMetric.Place.DECODE)
                                .map(
                                        one ->
                                                (one.label().isEmpty() ? "" : one.label() + ".")
                                                        + one.metricName()
                                                        + " "
                                                        + one.kind())
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aScoresLatencyIsFromItsRecordToNowAndNeverNegative() {
        metrics.scored(now - 250);
        metrics.scored(now + 5_000);
        metrics.scored(-1);

        assertThat(group.count("kedge.scoresEmitted")).isEqualTo(3);
        Histogram latency = group.histogram("kedge.scoreLatency");
        assertThat(latency.getCount()).isEqualTo(2);
        assertThat(latency.getStatistics().getMax()).isEqualTo(250);
        assertThat(latency.getStatistics().getMin()).isZero();
    }

    @Test
    void aStepIsTimedInMicrosecondsAndItsLossesAreAveraged() {
        assertThat(group.value("kedge.part.near.loss")).isEqualTo(Double.NaN);
        step(3_000_000, 2, 0.5);
        step(1_000_000, 4, 0.5);
        metrics.begins();
        metrics.round();

        assertThat(group.count("kedge.stepsLearned")).isEqualTo(2);
        assertThat(group.count("kedge.stepRounds")).isEqualTo(1);
        assertThat(group.histogram("kedge.learnTime").getStatistics().getMax()).isEqualTo(3000);
        assertThat(group.value("kedge.part.near.loss")).isEqualTo(3.0);
        assertThat(group.value("kedge.part.far.loss")).isEqualTo(0.5);
    }

    private void step(long took, double near, double far) {
        metrics.begins();
        nanos += took;
        metrics.made(new double[] {near, far, 7});
    }

    @Test
    void deadLettersAreCountedByReason() {
        metrics.rejected(Reason.LATE);
        metrics.rejected(Reason.LATE);
        metrics.rejected(Reason.UNKNOWN_SAMPLE);

        assertThat(group.count("kedge.deadLetters")).isEqualTo(3);
        assertThat(group.count("kedge.reason.late.deadLetters")).isEqualTo(2);
        assertThat(group.count("kedge.reason.unknown_sample.deadLetters")).isEqualTo(1);
        assertThat(group.count("kedge.reason.invalid.deadLetters")).isZero();
    }

    @Test
    void aModelIsDirtyFromItsFirstRecordUntilItIsWritten() {
        Live<String, String, Double> a = live(LiveModels.NO_TIME, 1);
        Live<String, String, Double> b = live(LiveModels.NO_TIME, 1);
        metrics.touched(a);
        metrics.touched(a);
        metrics.touched(b);
        assertThat(group.value("kedge.dirtyModels")).isEqualTo(2);

        metrics.checkpoints();
        metrics.cleaned(a);
        metrics.cleaned(b);
        metrics.cleaned(b);
        metrics.written(7, 4096);

        assertThat(group.value("kedge.dirtyModels")).isEqualTo(0);
        assertThat(group.value("kedge.checkpointModels")).isEqualTo(2);
        assertThat(group.value("kedge.checkpointEntries")).isEqualTo(7L);
        assertThat(group.value("kedge.checkpointBytes")).isEqualTo(4096L);
    }

    @Test
    void whatModelsHoldAndHowTheyDoIsToldOfAllTogether() {
        Live<String, String, Double> a = live(now - 100, 3);
        Live<String, String, Double> b = live(now - 900, 5);
        Live<String, String, Double> silent = live(LiveModels.NO_TIME, 0);
        assertThat(group.value("kedge.figure.accuracy.prequential")).isEqualTo(Double.NaN);
        metrics.said(0.5, a.figures());
        metrics.said(0.75, a.figures());
        metrics.said(0.25, b.figures());
        metrics.checkpoints();
        List.of(a, b, silent).forEach(metrics::visited);
        metrics.written(0, 0);

        assertThat(group.value("kedge.figure.accuracy.prequential")).isEqualTo(0.5);
        assertThat(group.value("kedge.memory.replay.memoryEntries")).isEqualTo(8L);
        assertThat(group.value("kedge.memory.replay.memoryCapacity")).isEqualTo(30L);
        assertThat(group.value("kedge.oldestModelAge")).isEqualTo(900.0);
    }

    @Test
    void aModelAgesWithTheClockSinceTheNewestEventThatWasLearned() {
        assertThat(group.value("kedge.modelAge")).isEqualTo(Double.NaN);
        metrics.processed(live(now - 500, 0));
        metrics.processed(live(now - 700, 0));
        metrics.processed(live(LiveModels.NO_TIME, 0));
        now += 60_000;

        assertThat(group.value("kedge.modelAge")).isEqualTo(60_500.0);
        assertThat(group.count("kedge.recordsProcessed")).isEqualTo(3);
    }

    @Test
    void nothingIsAllocatedForARecordOrAStep() {
        Live<String, String, Double> model = live(5, 1);
        double[] losses = {1, 2};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work(model, losses, 10_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        work(model, losses, 100_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for 100,000 records").isLessThan(10_000);
    }

    private void work(Live<String, String, Double> model, double[] losses, int records) {
        for (int i = 0; i < records; i++) {
            metrics.hit();
            metrics.touched(model);
            metrics.begins();
            metrics.made(losses);
            metrics.scored(7);
            metrics.rejected(Reason.LATE);
            metrics.processed(model);
        }
    }
}
