// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.reference;

import dev.kedge.operators.ads.metrics.Outcomes;
import java.util.Arrays;

/**
 * Breslow's estimate of the cumulative baseline hazard, which makes survival curves of the risks of
 * a {@link CoxRegression}: at each event time it grows by the events over the summed exponentials
 * of the risks at risk.
 */
public final class BaselineHazard {
    private final double[] times;
    private final double[] cumulative;

    private BaselineHazard(double[] times, double[] cumulative) {
        this.times = times;
        this.cumulative = cumulative;
    }

    /**
     * Estimates it.
     *
     * @param outcomes what became of each creative that the regression was fitted on
     * @param risks its linear predictor for each of them
     */
    public static BaselineHazard of(Outcomes outcomes, double[] risks) {
        int[] order = outcomes.byTime();
        int count = order.length;
        double[] atRisk = new double[count + 1];
        for (int i = count - 1; i >= 0; i--) {
            atRisk[i] = atRisk[i + 1] + Math.exp(risks[order[i]]);
        }
        double[] times = new double[count];
        double[] cumulative = new double[count];
        double sum = 0;
        int first = 0;
        for (int i = 0; i < count; i++) {
            double time = outcomes.times()[order[i]];
            if (i > 0 && time > times[i - 1]) {
                first = i;
            }
            sum += outcomes.events()[order[i]] ? 1 / atRisk[first] : 0;
            times[i] = time;
            cumulative[i] = sum;
        }
        return new BaselineHazard(times, cumulative);
    }

    /**
     * Probability to run past a time.
     *
     * @param risk the creative's linear predictor
     * @param time the time; past the last one the estimate stays
     */
    public double survival(double risk, double time) {
        int at = Arrays.binarySearch(times, time);
        int last = at >= 0 ? at : -at - 2;
        while (last + 1 < times.length && times[last + 1] == time) {
            last++;
        }
        return last < 0 ? 1 : Math.exp(-cumulative[last] * Math.exp(risk));
    }
}
