// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.MemoryFill;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the live models of a task hold and how well they do, together: never by model, of which
 * there may be any number. The task's thread counts at each checkpoint, when it visits all of them
 * anyway; whoever reads sees the last count as a whole.
 *
 * @param <M> type of the metrics
 */
final class LiveGauges<M> {
    private final List<String> memories;
    private final List<String> names;
    private final List<ToDoubleFunction<M>> figures;
    private volatile Count last;
    private Count next;

    /** The sums over the live models that were visited. Not changed once it can be read. */
    private static final class Count {
        private final long[] entries;
        private final long[] capacities;
        private final double[] sums;
        private final int[] telling;
        private long oldest = Long.MAX_VALUE;

        private Count(int memories, int figures) {
            entries = new long[memories];
            capacities = new long[memories];
            sums = new double[figures];
            telling = new int[figures];
        }
    }

    LiveGauges(LiveModels<?, ?, M> models) {
        memories = List.copyOf(models.memories());
        names = List.copyOf(models.figures().keySet());
        figures = new ArrayList<>(models.figures().values());
        last = new Count(memories.size(), names.size());
        next = last;
    }

    void register(MetricGroup group) {
        for (int i = 0; i < memories.size(); i++) {
            int at = i;
            KedgeMetric entries = KedgeMetric.MEMORY_ENTRIES;
            MetricGroup memory = entries.labelled(group, memories.get(i));
            entries.gauge(memory, () -> last.entries[at]);
            KedgeMetric.MEMORY_CAPACITY.gauge(memory, () -> last.capacities[at]);
        }
        for (int i = 0; i < names.size(); i++) {
            int at = i;
            KedgeMetric figure = KedgeMetric.PREQUENTIAL;
            figure.gauge(figure.labelled(group, names.get(i)), () -> mean(last, at));
        }
    }

    private static double mean(Count count, int at) {
        return count.telling[at] == 0 ? Double.NaN : count.sums[at] / count.telling[at];
    }

    /** Figures of a model that has said nothing yet. */
    double[] untold() {
        double[] untold = new double[figures.size()];
        Arrays.fill(untold, Double.NaN);
        return untold;
    }

    /** A model said how it does. */
    void note(M metrics, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = figures.get(i).applyAsDouble(metrics);
        }
    }

    /** Begins to count anew. */
    void begin() {
        next = new Count(memories.size(), names.size());
    }

    /** All were counted. */
    void end() {
        last = next;
    }

    /** Counts one. */
    void add(Live<?, ?, M> one) {
        Count count = next;
        List<MemoryFill> fill = one.model().memories();
        for (int i = 0; i < Math.min(fill.size(), count.entries.length); i++) {
            count.entries[i] += fill.get(i).entries();
            count.capacities[i] += fill.get(i).capacity();
        }
        for (int i = 0; i < one.figures().length; i++) {
            if (!Double.isNaN(one.figures()[i])) {
                count.sums[i] += one.figures()[i];
                count.telling[i]++;
            }
        }
        if (one.model().learnedUntil() != LiveModels.NO_TIME) {
            count.oldest = Math.min(count.oldest, one.model().learnedUntil());
        }
    }

    /** How far the live model is that has learned nothing for longest; the largest if none has. */
    long oldest() {
        return last.oldest;
    }
}
