// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import java.util.Arrays;
import java.util.List;

/** Who foretells hazards. Their places are the stored form. */
public enum Expert {
    /** The life table of all creatives (Kaplan-Meier in discrete time), by nothing else. */
    EVERYBODY(0, "all creatives"),
    /** The life table of the same campaign, drawn to the advertiser's, drawn to that of all. */
    LIFE_TABLE(1, "advertiser's life table"),
    /** The hazard of all, quicker or slower as the advertiser's creatives stop. */
    PACE(2, "advertiser's pace"),
    /** How long the advertiser's and the campaign's stopped creatives ran. */
    DURATIONS(3, "advertiser's durations"),
    /** A linear model over sparse hashed inputs and crosses. */
    LINEAR(4, "linear"),
    /** The net. */
    NET(5, "net"),
    /** All others together: a weighted sum of their log odds, whose weights are learned. */
    TOGETHER(6, "together");

    /** Those that foretell by themselves. */
    static final int ALONE = TOGETHER.place;

    /** Those of them that know nothing of a creative but its advertiser and its campaign. */
    static final int SIMPLE = LINEAR.place;

    /** What all but the net count together before anything was seen. */
    private static final double OTHERS = 1e-6;

    private static final List<Expert> ALL = List.of(values());

    private final int place;
    private final String label;

    Expert(int place, String label) {
        this.place = place;
        this.label = label;
    }

    /** Where it stands among all, in what is stored as well. */
    int place() {
        return place;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /**
     * By places: how much each counts before anything was seen. They add up to 1. Nearly all of it
     * is the net's, so that others are heard once 16 nats of log-loss speak for them, some hundred
     * outcomes: before, they are sooner better in log-loss than they rank better.
     */
    static double[] priors() {
        double[] priors = new double[ALL.size()];
        Arrays.fill(priors, OTHERS / (priors.length - 1));
        priors[NET.place] = 1 - OTHERS;
        return priors;
    }

    static List<Expert> all() {
        return ALL;
    }
}
