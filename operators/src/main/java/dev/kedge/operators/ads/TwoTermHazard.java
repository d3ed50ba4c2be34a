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
    private final Term shortTerm;
    private final Term longTerm;
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
        shortTerm = term(layout, "survival/short", soon, maxRows, product);
        longTerm = term(layout, "survival/long", late, maxRows, product);
    }

    private Term term(
            Layout.Builder layout,
            String name,
            HazardHead.Size size,
            int maxRows,
            MatrixProduct product) {
        HazardHead head = new HazardHead(layout, name, size, maxRows, product);
        return switch (settings.termFactors()) {
            case FIXED -> new Term(head, TermFactor.fixed());
            case LEARNED -> new Term(head, TermFactor.learned(layout, name));
        };
    }

    /** A head, and a factor beside the one that is set. */
    private record Term(HazardHead head, TermFactor factor) {
        double learn(
                double set,
                float[] parameters,
                float[] embeddings,
                PersonPeriodBatch batch,
                double weight,
                float[] embeddingGradient,
                float[] gradient) {
            double all = set * factor.of(parameters);
            double term =
                    all
                            * head.learn(
                                    parameters,
                                    embeddings,
                                    batch,
                                    weight * all,
                                    embeddingGradient,
                                    gradient);
            double share = set * head.share(batch);
            return term + factor.learn(parameters, term, share, weight, gradient);
        }

        void untouched(UntouchedRanges untouched) {
            head.untouched(untouched);
            factor.untouched(untouched);
        }
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        shortTerm.head().initialise(parameters, random, settings.baseHazard());
        longTerm.head().initialise(parameters, random, settings.baseHazard());
    }

    @Override
    public double learn(
            float[] parameters,
            float[] embeddings,
            PersonPeriodBatch batch,
            double weight,
            float[] embeddingGradient,
            float[] gradient) {
        double soon =
                shortTerm.learn(
                        batch.shortTerm(settings.shortTerm()),
                        parameters,
                        embeddings,
                        batch,
                        weight,
                        embeddingGradient,
                        gradient);
        double late =
                longTerm.learn(
                        batch.longTerm(settings.longTerm()),
                        parameters,
                        embeddings,
                        batch,
                        weight,
                        embeddingGradient,
                        gradient);
        return soon + late;
    }

    /** Without person-periods the heads stay where they are. */
    @Override
    public void untouched(PersonPeriodBatch batch, UntouchedRanges untouched) {
        if (batch.periods() == 0) {
            shortTerm.untouched(untouched);
            longTerm.untouched(untouched);
        }
    }

    /** By the factors that are set: learned ones would make it incomparable from step to step. */
    @Override
    public double loss(PersonPeriodBatch batch, int rows) {
        return batch.shortTerm(settings.shortTerm()) * shortTerm.head().loss(batch, rows)
                + batch.longTerm(settings.longTerm()) * longTerm.head().loss(batch, rows);
    }

    @Override
    public int causes() {
        return causes;
    }

    @Override
    public int inputWidth() {
        return shortTerm.head().inputWidth();
    }

    @Override
    public float[] inputs(int column) {
        return column < intervals.boundary() ? shortTerm.head().inputs() : longTerm.head().inputs();
    }

    @Override
    public void hazards(
            float[] parameters, float[] embeddings, int rows, double[] hazard, double[] byCause) {
        int columns = intervals.columns();
        shortTerm.head().hazards(parameters, embeddings, rows, byCause, columns * causes);
        longTerm.head().hazards(parameters, embeddings, rows, byCause, columns * causes);
        HazardObjective.sum(byCause, rows * columns, causes, hazard);
    }
}
