// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;

/** Predictive intervals of the days that a creative still runs. */
@PublicApi
public record IntervalSettings(
        @Meaning(
                        "Whether scores say between how many days from now a creative stops. A model that began without it begins with nothing known.")
                boolean enabled,
        @Meaning("Share of the intervals that are to hold; 0.5 to 0.99.")
                @Range(min = 0.5, max = 0.99)
                double level,
        @Meaning("Stops after which an old one counts only 1/e for where the ends lie; 10 to 1e9.")
                @Range(min = 10, max = 1e9)
                double memory,
        @Meaning(
                        "How much the log odds of an end's level change for a group with an interval that did not hold, and half as much for all; above 0, at most 1. The higher, the sooner intervals follow a change, and the more they swing.")
                @Range(above = 0, max = 1)
                double rate,
        @Meaning(
                        "Groups into which advertisers are dealt by their names; what is wrong of a group alone is put right for it alone; 1 to 1,024.")
                @Range(min = 1, max = 1024)
                int groups,
        @Meaning(
                        "Creatives of which it must be known how long they ran, before anything is said; 1 to 1,000,000.")
                @Range(min = 1, max = 1_000_000)
                int minimumOutcomes)
        implements Serializable {
    /** Nine of ten are to hold. */
    public static final IntervalSettings DEFAULT =
            new IntervalSettings(true, 0.9, 2000, 0.06, 4, 200);

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** The group that an advertiser is dealt into. */
    public int group(String advertiser) {
        return dealt(advertiser, groups);
    }

    /** A number below a count, evenly over names, the same wherever it is asked for. */
    static int dealt(String name, int count) {
        // The low bits of like names are alike; those of a product with an odd number's high half
        // are not.
        return (int) (((name.hashCode() * GOLDEN) >>> 33) % count);
    }
}
