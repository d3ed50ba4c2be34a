// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.operators.ads.creative.CreativeScore.RemainingDays;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A ranking of the compared creatives.
 *
 * @param name what it is
 * @param cutOut risk at launch to be stopped before the boundary, one a creative
 * @param atLaunch risk at launch, one a creative: the higher, the sooner expected to be stopped
 * @param atBoundary risk of those that outlive the boundary, one a creative; not a number for the
 *     others
 * @param survival probability to outlive each horizon, creatives x horizons, if it says so
 * @param intervals between which days each creative was said to stop at its launch; no elements if
 *     it never says so
 */
public record Rival(
        String name,
        double[] cutOut,
        double[] atLaunch,
        double[] atBoundary,
        Optional<double[][]> survival,
        List<Optional<RemainingDays>> intervals) {
    /** A ranking that says no intervals. */
    public Rival(
            String name,
            double[] cutOut,
            double[] atLaunch,
            double[] atBoundary,
            Optional<double[][]> survival) {
        this(name, cutOut, atLaunch, atBoundary, survival, List.of());
    }

    /** A ranking that is the same for every term. */
    public static Rival constant(String name, double[] risks, Optional<double[][]> survival) {
        return new Rival(name, risks, risks, risks, survival);
    }

    /** The same for the creatives from one on. */
    public Rival from(int first) {
        return new Rival(
                name,
                Arrays.copyOfRange(cutOut, first, cutOut.length),
                Arrays.copyOfRange(atLaunch, first, atLaunch.length),
                Arrays.copyOfRange(atBoundary, first, atBoundary.length),
                survival.map(curves -> Arrays.copyOfRange(curves, first, curves.length)),
                intervals.isEmpty() ? intervals : intervals.subList(first, intervals.size()));
    }
}
