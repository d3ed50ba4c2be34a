// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.jobs.checkpoint.Damage;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.state.flink.DamagedStateException;
import dev.kedge.tests.restore.GrowingModels.Head;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

/** A part that was damaged in a checkpoint ends the job when its model comes to life. */
class DamagedStateITCase {
    private static final int FIRST_OF_PAYLOAD = 16;

    @Test
    void aDamagedPartEndsTheJobNamingModelPartAndCheckpoint() throws Exception {
        OperatorSubtaskState learned = learned();
        damage(learned);

        assertThatThrownBy(() -> goOn(learned))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(DamagedStateException.class)
                .hasMessageMatching(
                        "damaged state: model 'm[0-9]': part '[a-z/]+[0-9/a-z]*': checksum is [0-9a-f]{8}, the header says [0-9a-f]{8}(; restored from checkpoint [0-9]+)?")
                .satisfies(
                        failure ->
                                assertThat(Damage.in(new SerializedThrowable(failure)))
                                        .hasValue(failure.getMessage()));
    }

    @Test
    void wholeStateIsNoDamage() throws Exception {
        goOn(learned());
    }

    private static OperatorSubtaskState learned() throws Exception {
        try (var task = task()) {
            task.open();
            for (Incoming<ReplayModels.Sample> sample : ReplayRestoreITCase.samples(50)) {
                task.processElement(sample, 0);
            }
            return task.snapshot(7, 1);
        }
    }

    private static void damage(OperatorSubtaskState learned) throws Exception {
        KeyedStateHandle keyed = learned.getManagedKeyedState().iterator().next();
        ByteStreamStateHandle handle =
                (ByteStreamStateHandle) ((KeyGroupsStateHandle) keyed).getDelegateStateHandle();
        byte[] bytes = handle.getData();
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("KEDG");
        bytes[at + FIRST_OF_PAYLOAD] ^= 1;
    }

    private static void goOn(OperatorSubtaskState learned) throws Exception {
        try (var task = task()) {
            task.initializeState(learned);
            task.open();
            for (Incoming<ReplayModels.Sample> sample : ReplayRestoreITCase.samples(50)) {
                task.processElement(sample, 0);
            }
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    String, Incoming<ReplayModels.Sample>, Double>
            task() throws Exception {
        var task =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new LearnerOperator<>(
                                new GrowingModels(List.of(new Head("size", 2))),
                                new OutputTag<>("metrics", Types.DOUBLE),
                                new OutputTag<DeadLetter>("refused", StreamTypes.DEAD_LETTER),
                                LearnerBounds.of(CacheBudget.ofBytes(0))),
                        (Incoming<ReplayModels.Sample> incoming) -> incoming.event().model(),
                        Types.STRING,
                        16,
                        1,
                        0);
        task.setup(Types.DOUBLE.createSerializer(task.getExecutionConfig().getSerializerConfig()));
        return task;
    }
}
