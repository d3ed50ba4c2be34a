// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.OmittedIfEmpty;
import dev.kedge.state.record.Since;
import java.util.Optional;

/**
 * What an operator is told: the body of a call to the web hook.
 *
 * @param id its name; the same where it is sent again
 * @param job the job's name
 * @param rule the rule's name
 * @param at when, by the clock, epoch milliseconds
 * @param since since when it holds, epoch milliseconds
 * @param text what, in one line; chat programs show it
 * @param about the creative; empty where it is about the job
 */
public record Alert(
        String id,
        String job,
        String rule,
        @Moment long at,
        @Moment long since,
        String text,
        Optional<About> about) {
    /**
     * A creative as it was then.
     *
     * @param model its model
     * @param creative its id
     * @param advertiser who pays
     * @param campaign its campaign
     * @param action the advice
     * @param probability probability of a stop within so many days
     * @param within these days
     * @param expectedWaste money that it is expected to waste until the next check
     * @param currency of that money
     */
    public record About(
            String model,
            String creative,
            @Since(1) @OmittedIfEmpty String advertiser,
            @Since(1) @OmittedIfEmpty String campaign,
            Action action,
            double probability,
            double within,
            double expectedWaste,
            @Since(1) @OmittedIfEmpty String currency) {
        static About of(Situation.Creative creative, double within) {
            CreativeScore score = creative.score();
            return new About(
                    score.model(),
                    score.creative(),
                    score.description().advertiser(),
                    creative.campaign(),
                    score.action(),
                    creative.probability(),
                    within,
                    score.advice().expectedWaste(),
                    score.description().currency());
        }
    }
}
