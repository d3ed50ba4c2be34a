// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import java.util.List;

/** Who foretells hazards. Their order is the stored form. */
public enum Expert {
    /** The life table of all creatives (Kaplan-Meier in discrete time), by nothing else. */
    EVERYBODY("all creatives"),
    /** The life table of the same campaign, drawn to the advertiser's, drawn to that of all. */
    LIFE_TABLE("advertiser's life table"),
    /** The hazard of all, quicker or slower as the advertiser's creatives stop. */
    PACE("advertiser's pace"),
    /** How long the advertiser's and the campaign's stopped creatives ran. */
    DURATIONS("advertiser's durations"),
    /** A linear model over sparse hashed inputs and crosses. */
    LINEAR("linear"),
    /** The net. */
    NET("net"),
    /** All others together: a weighted sum of their log odds, whose weights are learned. */
    TOGETHER("together");

    /** Those that foretell by themselves. */
    static final int ALONE = TOGETHER.ordinal();

    private static final List<Expert> ALL = List.of(values());

    private final String label;

    Expert(String label) {
        this.label = label;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    static List<Expert> all() {
        return ALL;
    }
}
