// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

import dev.kedge.operators.ads.creative.CreativeContent;

/**
 * One made-up creative with the truth about it.
 *
 * @param model its market
 * @param id its id
 * @param content what it shows
 * @param quality how well it serves, about standard normal over all creatives
 * @param stamina how long people bear it, likewise
 * @param reach mean impressions a day
 * @param original the first creative that this one is a copy of; itself if it is none
 */
record Creative(
        String model,
        String id,
        CreativeContent content,
        double quality,
        double stamina,
        double reach,
        String original) {

    /** Days within which a creative may be cut out. */
    static final int TRIAL_DAYS = 14;

    private static final double BASE_RATE = 0.02;

    /** Probability to be stopped on a day of its life, running at the day's start. */
    double hazard(int day) {
        return day < TRIAL_DAYS ? cutOut(day) : wearOut(day);
    }

    /** Click-through rate on a day: better creatives are clicked more, and all of them tire. */
    double clickThroughRate(int day) {
        return BASE_RATE * Math.exp(0.5 * quality - day / fatigueDays());
    }

    private double cutOut(int day) {
        double patience = Math.exp(-day / 9.0);
        return sigmoid(-3.4 - 2.1 * quality) * patience;
    }

    private double wearOut(int day) {
        double tired = sigmoid((day - fatigueDays()) / 3.0);
        return 0.002 + 0.2 * tired;
    }

    private double fatigueDays() {
        return TRIAL_DAYS + 24 * Math.exp(0.55 * stamina);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
