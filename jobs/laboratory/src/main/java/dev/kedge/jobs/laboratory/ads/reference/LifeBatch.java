// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.reference;

import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.PersonPeriods;
import dev.kedge.operators.encoder.MultimodalBatch;
import java.util.Arrays;

/**
 * Whole lives, one a row: the inputs at launch, and every interval that was entered and whose
 * outcome is known. Intervals past the last cut share the last column, as in the live model: it is
 * at risk once for each of them.
 */
final class LifeBatch extends MultimodalBatch {
    private final Intervals intervals;
    private final double[] labels;
    private final double[] atRisk;
    private final double[] weights;

    LifeBatch(int capacity, int numberWidth, Intervals intervals) {
        super(capacity, numberWidth);
        this.intervals = intervals;
        labels = new double[capacity * intervals.columns()];
        atRisk = new double[capacity * intervals.columns()];
        weights = new double[capacity];
        Arrays.fill(weights, 1);
    }

    /**
     * Says what is known of a row's life.
     *
     * @param age age at the discontinuation or at which it was last seen, milliseconds
     * @param discontinued whether it was discontinued then
     */
    void life(int row, long age, boolean discontinued) {
        int columns = intervals.columns();
        int interval = intervals.at(age);
        int at = row * columns;
        PersonPeriods.fill(interval, discontinued, 0, columns, at, labels, atRisk);
        int open = columns - 1;
        int known = discontinued ? interval + 1 : interval;
        if (known > open) {
            atRisk[at + open] = (double) known - open;
            labels[at + open] = discontinued ? 1 / atRisk[at + open] : 0;
        }
    }

    /** The filled rows, copied. */
    PersonPeriods periods() {
        int filled = rows() * intervals.columns();
        return new PersonPeriods(
                rows(),
                intervals.columns(),
                Arrays.copyOf(labels, filled),
                Arrays.copyOf(atRisk, filled));
    }

    double[] weights() {
        return weights;
    }
}
