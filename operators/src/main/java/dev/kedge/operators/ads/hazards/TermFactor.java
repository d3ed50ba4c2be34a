// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;

/** A factor of one term, beside the one that is set. */
public interface TermFactor {
    /** As it is set: always 1, without parameters. */
    static TermFactor fixed() {
        return new Fixed();
    }

    /** Declares a learned factor: {@code name/log-variance}. */
    static TermFactor learned(Layout.Builder layout, String name) {
        return new Learned(layout.add(name + "/log-variance", 1, 1));
    }

    /** The factor. */
    double of(float[] parameters);

    /**
     * Adds the factor's own gradient.
     *
     * @param term the term by the factor that is set and by this one
     * @param share share of the batch's weight that is of this term, by the factor that is set
     * @param weight of the objective, by which the gradient is multiplied
     * @param gradient flat gradient vector, added to
     * @return what stands in the loss beside the term
     */
    double learn(float[] parameters, double term, double share, double weight, float[] gradient);

    /** Says that nothing of it should move. */
    void untouched(UntouchedRanges untouched);

    /** Always 1. */
    record Fixed() implements TermFactor {
        @Override
        public double of(float[] parameters) {
            return 1;
        }

        @Override
        public double learn(
                float[] parameters, double term, double share, double weight, float[] gradient) {
            return 0;
        }

        @Override
        public void untouched(UntouchedRanges untouched) {}
    }

    /**
     * Learned with everything else (Kendall, Gal and Cipolla, <i>Multi-Task Learning Using
     * Uncertainty to Weigh Losses</i>, CVPR 2018). A person-period of a term with the log variance
     * v has the loss {@code exp(-v) l + v / 2} instead of {@code l}. So the factor tends to one
     * over twice the mean loss of the term's own person-periods, however rare these are, and a
     * batch without any says nothing of it.
     *
     * @param logVariance where v lies; 0 at first, which is a factor of 1
     */
    record Learned(Slice logVariance) implements TermFactor {
        @Override
        public double of(float[] parameters) {
            return Math.exp(-parameters[logVariance.offset()]);
        }

        @Override
        public double learn(
                float[] parameters, double term, double share, double weight, float[] gradient) {
            gradient[logVariance.offset()] += (float) (weight * (share / 2 - term));
            return share * parameters[logVariance.offset()] / 2;
        }

        @Override
        public void untouched(UntouchedRanges untouched) {
            untouched.add(logVariance.offset(), logVariance.end());
        }
    }
}
