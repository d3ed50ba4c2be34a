// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.creative;

/**
 * How well one model does, judged prequentially: each score once its outcome is known.
 *
 * @param model the model
 * @param at event time, epoch milliseconds
 * @param modelVersion optimiser steps made
 * @param personPeriods intervals learned from
 * @param discontinuations discontinuations learned from
 * @param running creatives that run now
 * @param loss mean negative log likelihood of a person-period, scored before it was learned, over
 *     the sliding window
 * @param concordanceShort concordance of the launch scores with times censored at the boundary,
 *     over the sliding window; NaN while no pair is comparable
 * @param concordanceLong concordance of the boundary scores among creatives that outlived the
 *     boundary; NaN likewise
 * @param concordanceAll concordance of the launch scores; NaN likewise
 * @param judged creatives in the sliding window
 * @param unknownShare share of them whose end is not known yet
 * @param duplicates statistics dropped because their period had been reported
 * @param deadLetters events refused
 */
public record ModelMetrics(
        String model,
        long at,
        long modelVersion,
        long personPeriods,
        long discontinuations,
        long running,
        double loss,
        double concordanceShort,
        double concordanceLong,
        double concordanceAll,
        long judged,
        double unknownShare,
        long duplicates,
        long deadLetters) {}
