// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private final Agenda agenda = new Agenda();
    private final List<String> done = new ArrayList<>();

    @Test
    void stagesAreDoneInTheirOrder() {
        agenda.then(() -> done.add("first"));
        agenda.then(() -> done.add("second"));

        assertThat(agenda.next()).isEmpty();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void whatAStageAddsIsDoneBeforeWhatWaited() {
        agenda.then(
                () -> {
                    done.add("outer");
                    agenda.then(() -> done.add("inner"));
                    agenda.then(() -> done.add("inner too"));
                });
        agenda.then(() -> done.add("after"));

        assertThat(agenda.next()).isEmpty();
        assertThat(done).containsExactly("outer", "inner", "inner too", "after");
    }

    @Test
    void itStopsAtAStepAndGoesOnAfterIt() {
        agenda.then(
                () -> {
                    agenda.learn(() -> done.add("step"));
                    agenda.then(() -> done.add("after the step"));
                });
        agenda.then(() -> done.add("last"));

        Optional<LearningStep> step = agenda.next();
        assertThat(done).as("before the step is made").isEmpty();
        step.orElseThrow().make();

        assertThat(agenda.next()).isEmpty();
        assertThat(done).containsExactly("step", "after the step", "last");
    }

    @Test
    void aLoopOfStagesStopsAtEachStep() {
        agenda.then(() -> learn(3));

        int steps = 0;
        for (Optional<LearningStep> step = agenda.next(); step.isPresent(); step = agenda.next()) {
            step.get().make();
            steps++;
        }

        assertThat(steps).isEqualTo(3);
        assertThat(done).containsExactly("3", "2", "1");
    }

    private void learn(int left) {
        if (left > 0) {
            agenda.learn(() -> done.add(Integer.toString(left)));
            agenda.then(() -> learn(left - 1));
        }
    }

    @Test
    void aStageThatFailsLeavesNothingBehind() {
        agenda.then(
                () -> {
                    agenda.then(() -> done.add("never"));
                    throw new IllegalStateException("broken");
                });
        agenda.then(() -> done.add("never, too"));

        assertThatThrownBy(agenda::next).hasMessage("broken");

        assertThat(agenda.next()).isEmpty();
        assertThat(done).isEmpty();
    }
}
