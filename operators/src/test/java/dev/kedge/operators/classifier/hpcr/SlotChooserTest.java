// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.classifier.hpcr.ReplaySettings.Input;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Memory;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Steps;
import dev.kedge.operators.encoder.IdentityEncoder;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.Augmentation;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.replay.MemoryBound;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Retrievals that look at the model, on features in a plane. */
class SlotChooserTest {
    private static final byte[] RIGHT = at(1, 0);
    private static final byte[] NEARLY_RIGHT = at(0.9f, 0.3f);
    private static final byte[] UP = at(0, 1);
    private static final byte[] LEFT = at(-1, 0);

    @Test
    void interferedRetrievalTakesWhatTheNextStepWouldHurtMost() {
        assertThat(chosen(RetrievalKind.INTERFERED, NEARLY_RIGHT, "b"))
                .as("samples of 'a' that lie where 'b' comes in")
                .containsExactly("a");
    }

    /**
     * A step of incoming samples alone teaches these methods nothing, but to look ahead it does.
     */
    @ParameterizedTest
    @EnumSource(names = {"PCR", "HPCR"})
    void interferedRetrievalLooksAheadThoughNothingIsReplayed(Method method) {
        List<Incoming> both = List.of(new Incoming(NEARLY_RIGHT, "b"), new Incoming(LEFT, "c"));

        assertThat(chosen(method, RetrievalKind.INTERFERED, both)).containsExactly("a");
    }

    @Test
    void nearestRetrievalTakesWhatContradictsTheIncoming() {
        assertThat(chosen(RetrievalKind.NEAREST, NEARLY_RIGHT, "b"))
                .as("neighbours of another class")
                .containsExactly("a");
    }

    @Test
    void randomRetrievalTakesWhateverThereIs() {
        assertThat(chosen(RetrievalKind.RANDOM, NEARLY_RIGHT, "b")).hasSizeGreaterThan(1);
    }

    /** Labels of ten samples chosen of twenty each of 'a' (right), 'b' (up) and 'c' (left). */
    private static Set<String> chosen(RetrievalKind retrieval, byte[] input, String label) {
        Incoming sample = new Incoming(input, label);
        return chosen(Method.ER, retrieval, List.of(sample, sample));
    }

    private record Incoming(byte[] input, String label) {}

    private static Set<String> chosen(
            Method method, RetrievalKind retrieval, List<Incoming> incoming) {
        ReplaySettings settings =
                ReplaySettings.of(method, new Input(2, InputForm.FLOATS), 3, 60, 5)
                        .with("steps", new Steps(10, 10, 1))
                        .with(
                                "memory",
                                new Memory(
                                        MemoryBound.ofSamples(60),
                                        MemoryKind.RESERVOIR,
                                        retrieval,
                                        new ReplaySettings.Choice(60, 0.1)));
        try (ReplayLearner learner =
                new ReplayLearner(
                        settings,
                        (layout, rows, product) -> new IdentityEncoder(2),
                        new Sgd(0.1),
                        Augmentation.NONE)) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            for (int i = 0; i < 20; i++) {
                model.learn(RIGHT, "a");
                model.learn(UP, "b");
                model.learn(LEFT, "c");
            }
            int[] drawn = new int[10];
            List<PendingSamples.Sample> samples =
                    incoming.stream()
                            .map(
                                    one ->
                                            new PendingSamples.Sample(
                                                    one.input(),
                                                    model.remembered()
                                                            .classes()
                                                            .index(one.label())))
                            .toList();
            int count = retrieval.chooser(learner).choose(model.remembered(), samples, 10, drawn);
            assertThat(count).isEqualTo(10);
            assertThat(drawn).doesNotHaveDuplicates();
            Set<String> labels = new HashSet<>();
            for (int slot : drawn) {
                labels.add(
                        model.remembered()
                                .classes()
                                .label(model.memory().slots().get(slot).label()));
            }
            return labels;
        }
    }

    private static byte[] at(float x, float y) {
        return InputForm.encode(new float[] {x, y});
    }
}
