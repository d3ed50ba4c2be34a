// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.DeadLetter.Reason;
import java.util.EnumMap;
import java.util.Locale;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts dead letters by their reason: a counter for each, from the start. */
public final class DeadLetterCounters {
    private final EnumMap<Reason, Counter> counters = new EnumMap<>(Reason.class);

    /**
     * Registers them.
     *
     * @param operator the operator's own group
     */
    public DeadLetterCounters(MetricGroup operator) {
        KedgeMetric metric = KedgeMetric.DEAD_LETTERS_BY_REASON;
        MetricGroup kedge = operator.addGroup(KedgeMetric.GROUP);
        for (Reason reason : Reason.values()) {
            counters.put(reason, metric.counter(metric.labelled(kedge, word(reason))));
        }
    }

    /** A reason as labels and the headers of dead letters have it. */
    public static String word(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /** One more. */
    public void count(Reason reason) {
        counters.get(reason).inc();
    }
}
