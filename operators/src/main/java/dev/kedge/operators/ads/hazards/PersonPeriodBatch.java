// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import dev.kedge.operators.encoder.MultimodalBatch;
import dev.kedge.operators.tracker.ctvis.Clip;
import dev.kedge.operators.tracker.ctvis.ClipRows;

/**
 * Rows of inputs, each with one person-period: the column of its hazard, what happened in it, and
 * its weight. Rows after these may be views of creatives, a clip for the creative memory.
 */
public final class PersonPeriodBatch extends MultimodalBatch implements ClipRows {
    private final Clip clip = new Clip();
    private final int[] columns;
    private final int[] causes;
    private final double[] weights;
    private int periods;
    private double shortTerm = Double.NaN;
    private double longTerm = Double.NaN;

    public PersonPeriodBatch(int capacity, int numberWidth) {
        super(capacity, numberWidth);
        columns = new int[capacity];
        causes = new int[capacity];
        weights = new double[capacity];
    }

    @Override
    public void clear() {
        super.clear();
        clip.begin(0);
        periods = 0;
    }

    @Override
    public Clip clip() {
        return clip;
    }

    @Override
    public int clipFrom() {
        return periods;
    }

    /** Rows that are person-periods, the first ones. */
    public int periods() {
        return periods;
    }

    /**
     * Says what happened in a row, which is the next person-period.
     *
     * @param cause index of the cause of the discontinuation, -1 if it survived
     */
    public void outcome(int row, int column, int cause, double weight) {
        columns[row] = column;
        causes[row] = cause;
        weights[row] = weight;
        periods = row + 1;
    }

    /** Factors of the two terms for this batch; not a number for the configured ones. */
    public void terms(double ofShort, double ofLong) {
        shortTerm = ofShort;
        longTerm = ofLong;
    }

    public double shortTerm(double configured) {
        return Double.isNaN(shortTerm) ? configured : shortTerm;
    }

    public double longTerm(double configured) {
        return Double.isNaN(longTerm) ? configured : longTerm;
    }

    int column(int row) {
        return columns[row];
    }

    /** Index of the cause of the discontinuation, -1 if it survived. */
    int cause(int row) {
        return causes[row];
    }

    double[] weights() {
        return weights;
    }
}
