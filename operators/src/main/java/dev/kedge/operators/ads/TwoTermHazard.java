// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.hazards.HazardHead;
import dev.kedge.operators.ads.hazards.HazardObjective;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import dev.kedge.operators.ads.hazards.TermFactor;
import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;

/**
 * Two-term estimation (Kitada et al. 2022): one head for cut-out, over the intervals before the
 * boundary, one for wear-out, over those after it; both on the same embedding, each with the layers
 * of its own that are set. {@code L = lambda_s L_short + lambda_l L_long}, each a negative log
 * likelihood of person-periods divided by the sum of all weights; the factors are set, or learned
 * beside.
 */
final class TwoTermHazard implements HazardObjective {
    private final Intervals intervals;
    private final DiscontinuationSettings.Learning settings;
    private final HazardHead shortTerm;
    private final HazardHead longTerm;
    private final TermFactor shortFactor;
    private final TermFactor longFactor;
    private final int causes;

    TwoTermHazard(
            Layout.Builder layout,
            int width,
            Intervals intervals,
            DiscontinuationSettings.Learning settings,
            int causes,
            int maxRows,
            MatrixProduct product) {
        this.intervals = intervals;
        this.settings = settings;
        this.causes = causes;
        int boundary = intervals.boundary();
        int past = intervals.columns() - boundary;
        HazardHead.Size soon =
                new HazardHead.Size(width, settings.headLayers(), 0, boundary, causes);
        HazardHead.Size late =
                new HazardHead.Size(width, settings.headLayers(), boundary, past, causes);
        shortTerm = new HazardHead(layout, "survival/short", soon, maxRows, product);
        longTerm = new HazardHead(layout, "survival/long", late, maxRows, product);
        shortFactor = factor(layout, "survival/short");
        longFactor = factor(layout, "survival/long");
    }

    private TermFactor factor(Layout.Builder layout, String name) {
        return switch (settings.termFactors()) {
            case FIXED -> TermFactor.ONE;
            case LEARNED -> TermFactor.learned(layout, name);
        };
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        shortTerm.initialise(parameters, random, settings.baseHazard());
        longTerm.initialise(parameters, random, settings.baseHazard());
    }

    @Override
    public double learn(
            float[] parameters,
            float[] embeddings,
            PersonPeriodBatch batch,
            double weight,
            float[] embeddingGradient,
            float[] gradient) {
        double s = batch.shortTerm(settings.shortTerm()) * shortFactor.of(parameters);
        double l = batch.longTerm(settings.longTerm()) * longFactor.of(parameters);
        double soon =
                shortTerm.learn(
                        parameters, embeddings, batch, weight * s, embeddingGradient, gradient);
        double late =
                longTerm.learn(
                        parameters, embeddings, batch, weight * l, embeddingGradient, gradient);
        double beside =
                shortFactor.learn(parameters, s * soon, shortTerm.share(batch), weight, gradient)
                        + longFactor.learn(
                                parameters, l * late, longTerm.share(batch), weight, gradient);
        return s * soon + l * late + beside;
    }

    /** Without person-periods the heads stay where they are. */
    @Override
    public void untouched(PersonPeriodBatch batch, UntouchedRanges untouched) {
        if (batch.periods() == 0) {
            shortTerm.untouched(untouched);
            longTerm.untouched(untouched);
            shortFactor.untouched(untouched);
            longFactor.untouched(untouched);
        }
    }

    /** By the factors that are set: learned ones would make it incomparable from step to step. */
    @Override
    public double loss(PersonPeriodBatch batch, int rows) {
        return batch.shortTerm(settings.shortTerm()) * shortTerm.loss(batch, rows)
                + batch.longTerm(settings.longTerm()) * longTerm.loss(batch, rows);
    }

    @Override
    public int causes() {
        return causes;
    }

    @Override
    public int inputWidth() {
        return shortTerm.inputWidth();
    }

    @Override
    public float[] inputs(int column) {
        return column < intervals.boundary() ? shortTerm.inputs() : longTerm.inputs();
    }

    @Override
    public void hazards(
            float[] parameters, float[] embeddings, int rows, double[] hazard, double[] byCause) {
        int columns = intervals.columns();
        shortTerm.hazards(parameters, embeddings, rows, byCause, columns * causes);
        longTerm.hazards(parameters, embeddings, rows, byCause, columns * causes);
        HazardObjective.sum(byCause, rows * columns, causes, hazard);
    }
}
