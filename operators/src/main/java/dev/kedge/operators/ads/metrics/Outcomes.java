// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

/**
 * What became of creatives: when each was last known, and whether it was discontinued then.
 *
 * @param times time of the discontinuation or of censoring, in any one unit, finite
 * @param events whether the creative was discontinued then; else it is censored: it ran on
 */
public record Outcomes(double[] times, boolean[] events) {

    /** Checks lengths and times. */
    public Outcomes {
        if (times.length != events.length) {
            throw new IllegalArgumentException(
                    "times and events must be of one length: "
                            + (times.length + ", " + events.length));
        }
        Sorting.requireFinite("times", times);
    }

    /** Number of creatives. */
    public int size() {
        return times.length;
    }

    /** Row numbers from the earliest time to the latest. */
    public int[] byTime() {
        return Sorting.ascending(times);
    }

    /** Whether row {@code i} is discontinued at or before {@code time}. */
    boolean isCase(int i, double time) {
        return events[i] && times[i] <= time;
    }

    /** Whether row {@code i} is known to run past {@code time}. */
    boolean isControl(int i, double time) {
        return times[i] > time;
    }

    /** Refuses values that are not one a creative. */
    void requireSize(String what, int length) {
        if (length != size()) {
            throw new IllegalArgumentException(
                    what + " must be one a creative: " + length + " for " + size());
        }
    }

    /** Refuses horizons that do not increase or that leave the times observed. */
    void requireHorizons(double[] horizons) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double time : times) {
            min = Math.min(min, time);
            max = Math.max(max, time);
        }
        for (int h = 0; h < horizons.length; h++) {
            boolean inside = horizons[h] >= min && horizons[h] < max;
            if (!inside || (h > 0 && !(horizons[h] > horizons[h - 1]))) {
                throw new IllegalArgumentException(
                        "horizons must increase and lie in the follow-up time ["
                                + (min + ", " + max + "): " + horizons[h]));
            }
        }
    }
}
