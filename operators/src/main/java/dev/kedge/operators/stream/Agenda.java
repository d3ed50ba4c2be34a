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
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final List<Runnable> added = new ArrayList<>();

    /** A stage that somebody else does. */
    private record Stop(LearningStep step) implements Runnable {
        @Override
        public void run() {
            step.make();
        }
    }

    /** Something is to be done next, after whatever was added before it by the same stage. */
    public void then(Runnable work) {
        added.add(work);
    }

    /** A step is to be made next, after whatever was added before it by the same stage. */
    public void learn(LearningStep step) {
        added.add(new Stop(step));
    }

    /**
     * Does what waits, up to the next step.
     *
     * @return the step, which has to be made before this is called again; none if all is done
     */
    public Optional<LearningStep> next() {
        try {
            admit();
            while (!waiting.isEmpty()) {
                Runnable stage = waiting.remove();
                if (stage instanceof Stop stop) {
                    return Optional.of(stop.step());
                }
                stage.run();
                admit();
            }
            return Optional.empty();
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
