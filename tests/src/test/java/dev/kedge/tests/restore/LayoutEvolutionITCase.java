// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.operators.flink.LearnerBounds;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.operators.flink.UnreadableModelException;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.tests.restore.GrowingModels.Head;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** A learner's next version over what the last one left. */
class LayoutEvolutionITCase {
    private static final Head HEAD = new Head("size", 2);

    @Test
    void oneObjectiveMoreAndAWiderHeadGoOnWithWhatWasLearned() throws Exception {
        OperatorSubtaskState learned = learned(HEAD);
        double before = lossOfOneMore(learned, new GrowingModels(List.of(HEAD)));
        double anew = lossOfOneMore(null, new GrowingModels(List.of(HEAD)));
        assertThat(before).isLessThan(anew / 2);

        double wider = lossOfOneMore(learned, new GrowingModels(List.of(new Head("size", 3))));
        double widerAnew = lossOfOneMore(null, new GrowingModels(List.of(new Head("size", 3))));
        double added = lossOfOneMore(learned, new GrowingModels(List.of(HEAD, new Head("b", 1))));
        double addedAnew = lossOfOneMore(null, new GrowingModels(List.of(HEAD, new Head("b", 1))));

        assertThat(wider).as("the old outputs are as good").isLessThan(widerAnew);
        assertThat(added).as("the old objective is as good").isLessThan(addedAnew);
    }

    @Test
    void anObjectiveThatIsGoneIsRefusedByItsName() throws Exception {
        OperatorSubtaskState learned = learned(HEAD);

        assertThatThrownBy(
                        () -> lossOfOneMore(learned, new GrowingModels(List.of(new Head("b", 2)))))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(UnreadableModelException.class)
                .hasMessage(
                        "model 'm0' cannot be brought to life: the snapshot holds 'size/weight', which the job does not have");
    }

    @Test
    void aHeadThatShrankIsRefusedWithBothShapes() throws Exception {
        OperatorSubtaskState learned = learned(HEAD);

        assertThatThrownBy(
                        () ->
                                lossOfOneMore(
                                        learned, new GrowingModels(List.of(new Head("size", 1)))))
                .rootCause()
                .hasMessageContaining(
                        "'size/weight' is 2x6 in the snapshot and only 1x6 in the job");
    }

    private static OperatorSubtaskState learned(Head head) throws Exception {
        try (var task = task(new GrowingModels(List.of(head)))) {
            task.open();
            for (Incoming<ReplayModels.Sample> sample : ReplayRestoreITCase.samples(400)) {
                task.processElement(sample, 0);
            }
            return task.snapshot(1, 1);
        }
    }

    private static double lossOfOneMore(OperatorSubtaskState before, GrowingModels models)
            throws Exception {
        try (var task = task(models)) {
            if (before != null) {
                task.initializeState(before);
            }
            task.open();
            double loss = 0;
            for (Incoming<ReplayModels.Sample> sample : ReplayRestoreITCase.samples(20)) {
                if (sample.event().model().equals("m0")) {
                    task.processElement(sample, 0);
                    loss = task.extractOutputValues().get(0);
                    break;
                }
            }
            return loss;
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    String, Incoming<ReplayModels.Sample>, Double>
            task(GrowingModels models) throws Exception {
        var task =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new LearnerOperator<>(
                                models,
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
