// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Counts what goes by. */
final class Count<T> extends RichFilterFunction<T> {
    /** Name of the accumulator. */
    static final String NAME = "count";

    private static final long serialVersionUID = 1L;

    private final LongCounter count = new LongCounter();

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(NAME, count);
    }

    @Override
    public boolean filter(T value) {
        count.add(1);
        return true;
    }
}
