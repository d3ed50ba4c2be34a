// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model still has to do for an event, in stages. A stage may add others: they are done after
 * it and before all that waited when it began, as calls would be. Between stages the model can stop
 * where it is to learn, and go on when that is done, on whatever stack that is.
 *
 * <p>Not thread-safe: one a model. It is empty between two events, so it is no state.
 */
public final class Agenda {
    private final ArrayDeque<Stage> waiting = new ArrayDeque<>();
    private final List<Stage> added = new ArrayList<>();

    /** Something to do, or a step at which to stop. */
    private sealed interface Stage {
        record Work(Runnable work) implements Stage {}

        record Stop(LearningStep step) implements Stage {}
    }

    /** Something is to be done next, after whatever was added before it by the same stage. */
    public void then(Runnable work) {
        added.add(new Stage.Work(work));
    }

    /** A step is to be made next, after whatever was added before it by the same stage. */
    public void learn(LearningStep step) {
        added.add(new Stage.Stop(step));
    }

    /**
     * Does what waits, up to the next step.
     *
     * @return the step, which has to be made before this is called again; none if all is done
     */
    public Optional<LearningStep> next() {
        try {
            admit();
            Stage stage = waiting.poll();
            while (stage instanceof Stage.Work doable) {
                doable.work().run();
                admit();
                stage = waiting.poll();
            }
            return stage instanceof Stage.Stop stop ? Optional.of(stop.step()) : Optional.empty();
        } catch (RuntimeException | Error e) {
            // Whoever goes on after a failure begins with another event.
            waiting.clear();
            added.clear();
            throw e;
        }
    }

    private void admit() {
        for (int i = added.size() - 1; i >= 0; i--) {
            waiting.addFirst(added.get(i));
        }
        added.clear();
    }
}
