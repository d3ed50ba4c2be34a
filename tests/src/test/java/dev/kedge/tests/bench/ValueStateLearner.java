// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.Outlet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The same learner the usual way: the whole model is read and written for each record. */
final class ValueStateLearner extends KeyedProcessFunction<String, Incoming<Sample>, Float> {
    private static final long serialVersionUID = 1L;

    private final SampleModels models;
    private transient SampleModels.Shared shared;
    private transient ValueState<byte[]> state;

    ValueStateLearner(SampleModels models) {
        this.models = models;
    }

    @Override
    public void open(OpenContext context) {
        shared = models.open();
        state =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "model",
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(Incoming<Sample> incoming, Context context, Collector<Float> out)
            throws Exception {
        byte[] stored = state.value();
        ModelBlob blob = stored == null ? new ModelBlob() : ModelBlob.of(stored);
        LiveModel<Sample, Float, Float> model = shared.load(context.getCurrentKey(), blob);
        model.process(incoming, new To(out));
        model.flush(blob);
        state.update(blob.bytes());
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
    }

    private record To(Collector<Float> out) implements Outlet<Float, Float> {
        @Override
        public void score(Float score) {
            out.collect(score);
        }

        @Override
        public void metrics(Float metrics) {
            throw new IllegalStateException("the benchmark's models have no metrics");
        }

        @Override
        public void reject(DeadLetter letter) {
            throw new IllegalStateException("the benchmark's models refuse nothing");
        }
    }
}
