// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.stream.Incoming;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** The source's half of the work: a number becomes its sample. */
final class Draw extends RichMapFunction<Long, Incoming<Sample>> {
    private static final long serialVersionUID = 1L;

    private final SampleStream.Plan plan;
    private transient SampleStream stream;

    Draw(SampleStream.Plan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        stream = new SampleStream(plan);
    }

    @Override
    public Incoming<Sample> map(Long number) {
        return stream.at(number);
    }
}
