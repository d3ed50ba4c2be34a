// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.grouped;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LearningStep;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.StepWatch;
import dev.kedge.state.part.PartStore;
import java.util.List;

/**
 * Models whose steps are counted on their way.
 *
 * @param models the models
 * @param tally where
 */
record TalliedModels<E, S, M>(LiveModels<E, S, M> models, Tally tally)
        implements LiveModels<E, S, M> {
    /** How many steps were made, and in how many groups. */
    static final class Tally {
        private long steps;
        private long groups;

        long steps() {
            return steps;
        }

        /** Mean size of a group. */
        double together() {
            return (double) steps / groups;
        }

        private void add(int size) {
            steps += size;
            groups++;
        }
    }

    @Override
    public long eventTime(Incoming<E> incoming) {
        return models.eventTime(incoming);
    }

    @Override
    public Shared<E, S, M> open() {
        Shared<E, S, M> shared = models.open();
        return new Shared<>() {
            @Override
            public LiveModel<E, S, M> load(String key, PartStore store) {
                return shared.load(key, store);
            }

            @Override
            public boolean readsOnDemand() {
                return shared.readsOnDemand();
            }

            @Override
            public void watch(StepWatch watch) {
                shared.watch(watch);
            }

            @Override
            public void make(List<LearningStep> steps) {
                tally.add(steps.size());
                shared.make(steps);
            }

            @Override
            public void close() {
                shared.close();
            }
        };
    }
}
