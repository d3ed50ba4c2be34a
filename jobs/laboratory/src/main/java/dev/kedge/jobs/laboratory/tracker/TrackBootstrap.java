// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.jobs.laboratory.SeedGroup;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * How sure a difference of IDF1 between two ways to track a sequence is, if its people are a sample
 * of those who might have come: the paired bootstrap over true tracks (Efron 1979). As many true
 * tracks as there are are drawn with replacement, the same ones for both ways; each comes with the
 * track that is its own in the pairing of the whole sequence, and tracks that are nobody's own
 * stay. The interval is that of percentiles.
 *
 * @param difference of IDF1, mean over the seeds
 * @param low 2.5th percentile of the draws
 * @param high 97.5th percentile
 */
record TrackBootstrap(double difference, double low, double high) {
    private static final int DRAWS = 1000;
    private static final double LOW = 2.5;
    private static final double HIGH = 97.5;

    /**
     * Compares runs of the same seeds on the same part of a sequence.
     *
     * @param runs those in question
     * @param from those that they are compared with
     */
    static TrackBootstrap of(SeedGroup<TrackResult> runs, SeedGroup<TrackResult> from) {
        RestorableRandom random = RestorableRandom.seeded(1, "bootstrap");
        int[] times = new int[runs.first().own().instances()];
        double[] drawn = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            drawAnew(times, random);
            drawn[draw] = runs.meanDifference(from, run -> run.own().figures(times).f1());
        }
        Percentile percentile = new Percentile();
        percentile.setData(drawn);
        return new TrackBootstrap(
                runs.meanDifference(from, run -> run.identity().f1()),
                percentile.evaluate(LOW),
                percentile.evaluate(HIGH));
    }

    private static void drawAnew(int[] times, RestorableRandom random) {
        Arrays.fill(times, 0);
        for (int i = 0; i < times.length; i++) {
            times[random.nextInt(times.length)]++;
        }
    }
}
