// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.creative;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.Flat;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.Since;
import java.util.List;

/**
 * How well one model does, judged prequentially: each score once its outcome is known.
 *
 * @param model the model
 * @param at event time, epoch milliseconds
 * @param modelVersion optimiser steps made
 * @param learned what it learned from, and how well it fits
 * @param ranking how well it ranks creatives
 * @param duplicates statistics dropped because their period had been reported
 * @param deadLetters events refused
 * @param embeddingRank directions that the embeddings of running creatives use (RankMe), of some of
 *     them; NaN without any
 * @param stepsRefused steps that were not made, because they would have made the model useless
 * @param calibration how well each horizon's probabilities fit, shortest first; empty if nothing is
 *     calibrated
 * @param decisions what became of the advice
 * @param experts who decides now, if the model mixes its net with simple methods
 * @param coverage how often the predictive intervals held; empty if none are said
 */
@PublicApi
public record ModelMetrics(
        String model,
        @Moment long at,
        long modelVersion,
        @Flat Learned learned,
        @Flat Ranking ranking,
        long duplicates,
        long deadLetters,
        double embeddingRank,
        @Since(3) long stepsRefused,
        List<HorizonCalibration> calibration,
        Decisions decisions,
        @Since(5) List<ExpertShare> experts,
        @Since(6) List<Coverage> coverage) {

    /** Keeps its own list. */
    public ModelMetrics {
        calibration = List.copyOf(calibration);
        experts = List.copyOf(experts);
        coverage = List.copyOf(coverage);
    }

    /**
     * How much one of those counts who foretell hazards. The shares of those that foretell by
     * themselves add up to 1: what counts by way of all together is counted as theirs.
     *
     * @param expert who
     * @param launch its share in what is said at a launch
     * @param later its share in what is said later
     * @param loss mean negative log likelihood of what it foretold at launches, each outcome judged
     *     before it was learned from, older ones counting less; NaN before the first
     */
    public record ExpertShare(String expert, double launch, double later, double loss) {}

    /**
     * Predictive intervals against what happened, prequentially: each as it was said, older ones
     * counting less. An interval is judged when its creative stops or outlives it; one without an
     * upper end also when the creative has run for as long as intervals look ahead.
     *
     * @param said when they were said: {@code launch} or {@code later}
     * @param level the share that is to hold
     * @param judged intervals judged since the start
     * @param held share that held; NaN before the first
     * @param below share whose creatives stopped before the lower end
     * @param above share whose creatives outlived the upper end
     * @param open share that had no upper end
     * @param lowestGroup share that held in the group of advertisers in which the fewest did; NaN
     *     while no group has 20
     * @param highestGroup the same of the group in which the most did
     */
    public record Coverage(
            String said,
            double level,
            long judged,
            double held,
            double below,
            double above,
            double open,
            double lowestGroup,
            double highestGroup) {}

    /**
     * Probabilities of one horizon against what happened, prequentially: each probability as it was
     * given, with older ones forgotten by and by.
     *
     * @param days the horizon
     * @param judged outcomes since the start
     * @param error expected calibration error: mean distance of prediction and observation,
     *     weighted by the bins' sizes; NaN before the first outcome
     * @param rawError the same of the hazards' own probabilities
     * @param bins ten bins of equal width, those without outcomes left out
     */
    public record HorizonCalibration(
            double days, long judged, double error, double rawError, List<Bin> bins) {
        /** Keeps its own list. */
        public HorizonCalibration {
            bins = List.copyOf(bins);
        }
    }

    /**
     * Probabilities of like size.
     *
     * @param predicted their mean
     * @param observed share of discontinuations
     * @param weight how many, older ones counting less
     */
    public record Bin(double predicted, double observed, double weight) {}

    /**
     * First advice of each spell to stop or refresh, and what became of it, as {@link
     * dev.kedge.operators.ads.policy.Reckoning} has it.
     *
     * @param advised spells that got it
     * @param stopped of these, stopped by their operators since
     * @param running of these, running now
     * @param avoidable money that the right ones spent between the advice and their end
     * @param right spells stopped by their operators within the policy's horizon after the advice
     * @param wrong spells still running when the horizon was over
     * @param open spells of which neither is known
     * @param lost money that the wrong ones spent after the advice
     * @param worth what following the advice would have been worth in money, by the costs
     * @param changes how often an advice changed
     * @param bestThreshold the probability from which on stopping would have been worth most; not a
     *     number while none has proved to be worth anything
     * @param bestWorth what that would have been worth
     */
    public record Decisions(
            long advised,
            long stopped,
            long running,
            double avoidable,
            @Since(4) long right,
            @Since(4) long wrong,
            @Since(4) long open,
            @Since(4) double lost,
            @Since(4) double worth,
            @Since(4) long changes,
            @Since(4) double bestThreshold,
            @Since(4) double bestWorth) {
        /** Nothing advised. */
        public static final Decisions NONE =
                new Decisions(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Double.NaN, 0);
    }

    /**
     * What a model learned from, and how well it fits.
     *
     * @param personPeriods intervals learned from
     * @param discontinuations discontinuations learned from
     * @param running creatives that run now
     * @param loss mean negative log likelihood of a person-period, scored before it was learned,
     *     over the sliding window
     */
    public record Learned(long personPeriods, long discontinuations, long running, double loss) {}

    /**
     * How well a model ranks creatives, over the sliding window.
     *
     * @param concordanceShort concordance of the launch scores with times censored at the boundary,
     *     over the sliding window; NaN while no pair is comparable
     * @param concordanceLong concordance of the boundary scores among creatives that outlived the
     *     boundary; NaN likewise
     * @param concordanceAll concordance of the launch scores; NaN likewise
     * @param judged creatives in the sliding window
     * @param unknownShare share of them whose end is not known yet
     */
    public record Ranking(
            double concordanceShort,
            double concordanceLong,
            double concordanceAll,
            long judged,
            double unknownShare) {}
}
