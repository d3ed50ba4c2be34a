// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Notes when each segment of the scores began and ended; lets all of them by. */
final class Stopwatch extends RichFilterFunction<Float> {
    /** Name of the accumulator of moments, nanoseconds. */
    static final String MARKS = "marks";

    private static final long serialVersionUID = 1L;

    private final Segments segments;
    private final ListAccumulator<Long> marks = new ListAccumulator<>();
    private long seen;
    private int next;

    Stopwatch(Segments segments) {
        this.segments = segments;
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(MARKS, marks);
    }

    @Override
    public boolean filter(Float score) {
        if (seen == segments.lastBefore(next)) {
            marks.add(System.nanoTime());
            next++;
        }
        seen++;
        return true;
    }
}
