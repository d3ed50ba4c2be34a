// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.laboratory.ads.replay.Rival;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fits a batch learner again and again on all the past. Each fit knows the creatives launched
 * before it, as they were known at that moment, and scores those that are launched, or reach the
 * boundary, until the next.
 */
final class Refits {
    private static final double DAY = 86_400_000.0;

    private final List<CreativeLife> lives;
    private final int first;
    private final long every;
    private final long boundary;

    /**
     * Plans.
     *
     * @param lives all creatives, in order of their launch
     * @param first first creative that is scored; the first fit is made at its launch
     * @param every milliseconds between two fits
     * @param boundaryDays age at which a creative is scored once more
     */
    Refits(List<CreativeLife> lives, int first, long every, double boundaryDays) {
        this.lives = lives;
        this.first = first;
        this.every = every;
        this.boundary = Math.round(boundaryDays * DAY);
    }

    /** A batch learner. */
    interface Method {
        /**
         * Fits.
         *
         * @param past the first creatives by launch, censored at the moment of the fit
         */
        Fit fit(List<CreativeLife> past);
    }

    /** What a fit says of creatives by their number. */
    interface Fit {
        /** Of one that is launched. */
        Said atLaunch(int creative);

        /** Risk of one that reaches the boundary. */
        double atBoundary(int creative);
    }

    /**
     * What a fit says of a creative at its launch.
     *
     * @param cutOut risk to be stopped before the boundary
     * @param risk risk to be stopped soon
     * @param survival probability to outlive each horizon; empty if it does not say
     */
    record Said(double cutOut, double risk, double[] survival) {}

    /** The ranking of all creatives; not a number for those before the first. */
    Rival rival(String name, Method method) {
        double[] cutOut = new double[lives.size()];
        double[] launch = new double[lives.size()];
        double[] later = new double[lives.size()];
        double[][] survival = new double[lives.size()][0];
        Arrays.fill(cutOut, Double.NaN);
        Arrays.fill(launch, Double.NaN);
        Arrays.fill(later, Double.NaN);
        long last = lives.get(lives.size() - 1).launched().at() + boundary;
        for (long at = lives.get(first).launched().at(); at <= last; at += every) {
            Fit fit = method.fit(past(at));
            for (int i = first; i < lives.size(); i++) {
                long launched = lives.get(i).launched().at();
                if (launched >= at && launched < at + every) {
                    Said said = fit.atLaunch(i);
                    cutOut[i] = said.cutOut();
                    launch[i] = said.risk();
                    survival[i] = said.survival();
                }
                long outlived = launched + boundary;
                if (outlived >= at && outlived < at + every) {
                    later[i] = fit.atBoundary(i);
                }
            }
        }
        boolean says = survival[first].length > 0;
        return new Rival(
                name, cutOut, launch, later, says ? Optional.of(survival) : Optional.empty());
    }

    /** The creatives launched before a moment, as they were known then. */
    private List<CreativeLife> past(long moment) {
        return lives.stream()
                .takeWhile(life -> life.launched().at() < moment)
                .map(life -> life.seenUntil(moment))
                .toList();
    }
}
