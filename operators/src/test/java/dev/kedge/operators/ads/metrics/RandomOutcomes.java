// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

import java.util.SplittableRandom;

/** Outcomes drawn at random, the last always an event. */
final class RandomOutcomes {
    private RandomOutcomes() {}

    /** Times in whole days: many ties. */
    static Outcomes tied(SplittableRandom random, int size, double censored) {
        return outcomes(random.doubles(size, 0, 8).map(Math::floor).toArray(), random, censored);
    }

    /** Times that are all different. */
    static Outcomes distinct(SplittableRandom random, int size, double censored) {
        return outcomes(random.doubles(size, 0, 8).toArray(), random, censored);
    }

    private static Outcomes outcomes(double[] times, SplittableRandom random, double censored) {
        boolean[] events = new boolean[times.length];
        int last = 0;
        for (int i = 0; i < events.length; i++) {
            events[i] = random.nextDouble() >= censored;
            last = times[i] > times[last] ? i : last;
        }
        times[last] = 10;
        events[last] = true;
        return new Outcomes(times, events);
    }
}
