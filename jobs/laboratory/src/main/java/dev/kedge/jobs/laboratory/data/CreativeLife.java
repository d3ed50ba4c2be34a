// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import java.util.List;

/**
 * One creative from its launch to the end of what is known of it.
 *
 * @param launched its launch
 * @param until when it was stopped, or the last moment at which it was known to run; epoch
 *     milliseconds
 * @param stopped whether it was stopped then; else it is censored
 */
public record CreativeLife(CreativeLaunched launched, long until, boolean stopped) {
    /** Reason of a discontinuation that only says: nothing is known from here on. */
    public static final String UNOBSERVED = "unobserved";

    /** The end of a life whose end nothing tells. */
    static final long OPEN = Long.MAX_VALUE;

    private static final double DAY = 86_400_000.0;

    /** The last moment of which the row itself tells. */
    long lastKnown() {
        return until == OPEN ? launched.at() : until;
    }

    /** How long it was seen to run, in days. */
    public double days() {
        return (until - launched.at()) / DAY;
    }

    /**
     * The launch and the stop; one that is censored is stopped with the reason {@link #UNOBSERVED}.
     */
    public List<CreativeEvent> events() {
        String reason = stopped ? "" : UNOBSERVED;
        CreativeDiscontinued end =
                new CreativeDiscontinued(launched.model(), launched.creative(), until, reason);
        return List.of(launched, end);
    }

    /** The same where nothing is known later than a moment. */
    public CreativeLife seenUntil(long moment) {
        return until <= moment
                ? this
                : new CreativeLife(launched, Math.max(moment, launched.at()), false);
    }
}
