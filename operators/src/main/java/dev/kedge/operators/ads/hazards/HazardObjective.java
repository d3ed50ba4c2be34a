// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import dev.kedge.operators.learner.Objective;
import java.util.List;

/** An objective over person-periods from which hazards can be read. */
public interface HazardObjective extends Objective<PersonPeriodBatch>, HeadInputs {
    @Override
    default List<String> parts() {
        return List.of("hazards");
    }

    /** The loss of the first rows of the last batch before its step, without other objectives'. */
    double loss(PersonPeriodBatch batch, int rows);

    /** How many causes of discontinuation have hazards of their own. */
    int causes();

    /** Width of what the last maps of the heads read: {@link #inputs}. */
    int inputWidth();

    /**
     * Hazards of all columns.
     *
     * @param rows number of embeddings
     * @param hazard receives rows x K: the sums over the causes
     * @param byCause receives rows x K x causes
     */
    void hazards(
            float[] parameters, float[] embeddings, int rows, double[] hazard, double[] byCause);

    /** Sums hazards over their causes. */
    static void sum(double[] byCause, int count, int causes, double[] hazard) {
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int c = 0; c < causes; c++) {
                sum += byCause[i * causes + c];
            }
            hazard[i] = sum;
        }
    }
}
