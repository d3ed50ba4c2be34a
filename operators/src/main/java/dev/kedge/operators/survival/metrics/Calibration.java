// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Predicted against observed discontinuation within a horizon, by groups of like prediction. What
 * is observed is one minus Kaplan-Meier's estimate within the group, so that censored creatives
 * count; past the group's last time its last estimate stands.
 *
 * @param groups from the lowest prediction to the highest
 * @param expectedError mean distance of prediction and observation, weighted by the groups' sizes;
 *     not a number without creatives
 */
public record Calibration(List<Group> groups, double expectedError) {
    private static final int DECILES = 10;

    /**
     * Creatives of like prediction.
     *
     * @param size number of creatives
     * @param predicted mean predicted probability
     * @param observed Kaplan-Meier's estimate of the same probability
     */
    public record Group(int size, double predicted, double observed) {
        private double error() {
            return size * Math.abs(predicted - observed);
        }
    }

    /** Keeps its own list. */
    public Calibration {
        groups = List.copyOf(groups);
    }

    /**
     * Calibration by decile. Equal predictions are never split, so there may be fewer groups.
     *
     * @param outcomes what became of each creative, times counted from its prediction
     * @param predicted predicted probability to be discontinued within the horizon
     * @param horizon the horizon, in the unit of the times
     */
    public static Calibration byDecile(Outcomes outcomes, double[] predicted, double horizon) {
        outcomes.requireSize("predictions", predicted.length);
        Sorting.requireFinite("predictions", predicted);
        int[] order = Sorting.ascending(predicted);
        List<Group> groups = new ArrayList<>();
        int start = 0;
        for (int decile = 1; decile <= DECILES; decile++) {
            int end = (int) ((long) decile * order.length / DECILES);
            if (end > start) {
                end = Sorting.endOfTies(predicted, order, end - 1);
                groups.add(group(outcomes, predicted, order, start, end, horizon));
                start = end;
            }
        }
        double error = groups.stream().mapToDouble(Group::error).sum();
        return new Calibration(groups, error / order.length);
    }

    private static Group group(
            Outcomes outcomes,
            double[] predicted,
            int[] order,
            int start,
            int end,
            double horizon) {
        double[] times = new double[end - start];
        boolean[] events = new boolean[times.length];
        double sum = 0;
        for (int i = 0; i < times.length; i++) {
            int row = order[start + i];
            times[i] = outcomes.times()[row];
            events[i] = outcomes.events()[row];
            sum += predicted[row];
        }
        KaplanMeier survival = KaplanMeier.survival(new Outcomes(times, events));
        return new Group(times.length, sum / times.length, 1 - survival.atOrLast(horizon));
    }
}
