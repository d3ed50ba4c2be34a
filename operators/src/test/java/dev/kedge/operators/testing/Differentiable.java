// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.encoder.Batch;
import dev.kedge.operators.encoder.Encoder;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.learner.Objective;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Checks the gradient of a whole learner against central differences, parameter by parameter. For
 * any encoder and objective.
 */
public final class Differentiable<B extends Batch> {
    private static final float STEP = 4e-3f;

    private final Layout layout;
    private final Learner<B> learner;
    private final LearnerState state;

    /**
     * Puts encoder and objective together and moves every parameter away from its initial value.
     */
    public Differentiable(
            Layout layout,
            Encoder<? super B> encoder,
            Objective<? super B> objective,
            int maxRows,
            SplittableRandom random) {
        this(layout, encoder, List.of(new Learner.Weighted<B>(objective, 0.5)), maxRows, random);
    }

    /** The same for several objectives over one encoder. */
    public Differentiable(
            Layout layout,
            Encoder<? super B> encoder,
            List<Learner.Weighted<B>> objectives,
            int maxRows,
            SplittableRandom random) {
        this.layout = layout;
        this.learner = new Learner<>(layout, encoder, objectives, new Sgd(1), maxRows);
        this.state = learner.create(RestorableRandom.seeded(3));
        for (int i = 0; i < state.parameters().length; i++) {
            state.parameters()[i] += (float) random.nextDouble(-0.2, 0.2);
        }
    }

    /** Fails if any partial derivative differs by more than single precision explains. */
    public void check(B batch) {
        learner.differentiate(state, batch);
        float[] analytic = learner.gradient().clone();
        int nonZero = 0;
        for (Slice slice : layout.slices()) {
            for (int i = slice.offset(); i < slice.end(); i++) {
                assertThat((double) analytic[i])
                        .as("%s[%d]", slice.name(), i - slice.offset())
                        .isCloseTo(numeric(batch, i), within(2e-3));
                nonZero += analytic[i] != 0 ? 1 : 0;
            }
        }
        assertThat(nonZero).as("parameters that learn").isGreaterThan(layout.size() / 2);
    }

    private double numeric(B batch, int i) {
        float[] parameters = state.parameters();
        float before = parameters[i];
        parameters[i] = before + STEP;
        double up = learner.differentiate(state, batch);
        parameters[i] = before - STEP;
        double down = learner.differentiate(state, batch);
        parameters[i] = before;
        return (up - down) / (2 * STEP);
    }
}
