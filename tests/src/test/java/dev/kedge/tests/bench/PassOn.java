// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.stream.Incoming;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** A keyed operator that learns nothing: what source, key-by and network can do at most. */
final class PassOn extends KeyedProcessFunction<String, Incoming<Sample>, Float> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Incoming<Sample> incoming, Context context, Collector<Float> out) {
        out.collect(incoming.event().features()[0]);
    }
}
