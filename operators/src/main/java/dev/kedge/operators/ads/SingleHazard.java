// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.hazards.HazardHead;
import dev.kedge.operators.ads.hazards.HazardObjective;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;

/**
 * One head over all intervals (Gensheimer and Narasimhan 2019): what two-term estimation is
 * measured against.
 */
final class SingleHazard implements HazardObjective {
    private final DiscontinuationSettings.Learning settings;
    private final HazardHead head;
    private final int columns;
    private final int causes;

    SingleHazard(
            Layout.Builder layout,
            int width,
            Intervals intervals,
            DiscontinuationSettings.Learning settings,
            int causes,
            int maxRows,
            MatrixProduct product) {
        this.settings = settings;
        this.columns = intervals.columns();
        this.causes = causes;
        HazardHead.Size size =
                new HazardHead.Size(width, settings.headLayers(), 0, columns, causes);
        head = new HazardHead(layout, "survival/all", size, maxRows, product);
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        head.initialise(parameters, random, settings.baseHazard());
    }

    @Override
    public double learn(
            float[] parameters,
            float[] embeddings,
            PersonPeriodBatch batch,
            double weight,
            float[] embeddingGradient,
            float[] gradient) {
        return head.learn(parameters, embeddings, batch, weight, embeddingGradient, gradient);
    }

    @Override
    public void untouched(PersonPeriodBatch batch, UntouchedRanges untouched) {
        if (batch.periods() == 0) {
            head.untouched(untouched);
        }
    }

    @Override
    public double loss(PersonPeriodBatch batch, int rows) {
        return head.loss(batch, rows);
    }

    @Override
    public int causes() {
        return causes;
    }

    @Override
    public int inputWidth() {
        return head.inputWidth();
    }

    @Override
    public float[] inputs(int column) {
        return head.inputs();
    }

    @Override
    public void hazards(
            float[] parameters, float[] embeddings, int rows, double[] hazard, double[] byCause) {
        head.hazards(parameters, embeddings, rows, byCause, columns * causes);
        HazardObjective.sum(byCause, rows * columns, causes, hazard);
    }
}
