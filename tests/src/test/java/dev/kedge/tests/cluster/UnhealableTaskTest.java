// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.part.PartStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** A native library that cannot be loaded ends a job: every restart would miss it again. */
class UnhealableTaskTest {
    private enum Missing {
        AT_START,
        AT_THE_FIRST_EVENT
    }

    /** Models that want a library which is not there. */
    private record NativeModels(Missing missing) implements LiveModels<String, String, String> {
        @Override
        public long eventTime(Incoming<String> incoming) {
            return LiveModels.NO_TIME;
        }

        @Override
        public Shared<String, String, String> open() {
            if (missing == Missing.AT_START) {
                throw new NoClassDefFoundError("org/nd4j/linalg/factory/Nd4j");
            }
            return new Shared<>() {
                @Override
                public LiveModel<String, String, String> load(String key, PartStore store) {
                    throw new UnsatisfiedLinkError("no jnind4jcpu in java.library.path");
                }

                @Override
                public void close() {}
            };
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Incoming<String>, String> task(
            Missing missing) throws Exception {
        var task =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new LearnerOperator<>(
                                new NativeModels(missing),
                                new OutputTag<>("metrics", Types.STRING),
                                new OutputTag<DeadLetter>("refused", StreamTypes.DEAD_LETTER),
                                LearnerBounds.of(CacheBudget.ofBytes(1 << 20))),
                        (Incoming<String> incoming) -> incoming.event(),
                        Types.STRING);
        task.setup(Types.STRING.createSerializer(task.getExecutionConfig().getSerializerConfig()));
        return task;
    }

    @Test
    void oneThatIsMissingAtTheStartEndsTheJob() throws Exception {
        try (var task = task(Missing.AT_START)) {
            assertThatThrownBy(task::open)
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void oneThatIsMissingAtTheFirstEventEndsTheJob() throws Exception {
        try (var task = task(Missing.AT_THE_FIRST_EVENT)) {
            task.open();
            Incoming<String> event =
                    new Incoming<>("a", new Origin("topic", 0, 0, -1), new byte[0]);

            assertThatThrownBy(() -> task.processElement(event, 0))
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseInstanceOf(UnsatisfiedLinkError.class);
        }
    }
}
