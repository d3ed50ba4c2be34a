// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.time.Duration;
import java.util.Locale;

/** What must hold, and for how long. Of the bounds 0 means that there is none. */
public record Condition(
        @Meaning("Advice that a creative must have.") Advised advice,
        @Meaning(
                        "Probability of a stop within `discontinuation.policy.horizon` that a creative must exceed; 0 to 1, 0 for any.")
                @Range(min = 0, max = 1)
                double probabilityAbove,
        @Meaning(
                        "Money that a creative must be expected to waste until the next check, in its own currency; at least 0, 0 for any.")
                @Range(min = 0)
                double expectedLossAbove,
        @Meaning("Model that a creative must be of; `*` stands for any text, empty for any model.")
                @Matching(value = PATTERN, allowed = PATTERN_ALLOWED)
                String model,
        @Meaning("Advertiser that it must be of, likewise.")
                @Matching(value = PATTERN, allowed = PATTERN_ALLOWED)
                String advertiser,
        @Meaning("Campaign that it must be of, likewise: the category `campaign` of its launch.")
                @Matching(value = PATTERN, allowed = PATTERN_ALLOWED)
                String campaign,
        @Meaning(
                        "Records of the input that are not read yet, which the job must exceed; at least 0, 0 for no such condition.")
                @Range(min = 0)
                long lagAbove,
        @Meaning("Time without a score from the job; 0 to 365 days, 0 for no such condition.")
                @Lasting(min = "0", max = "365 days")
                Duration noScoresFor,
        @Meaning(
                        "Share of dead letters among what the job wrote in the last ten minutes, which it must exceed (of 20 records or more); 0 to 1, 0 for no such condition.")
                @Range(min = 0, max = 1)
                double deadLettersAbove,
        @Meaning("How long all this must hold, by the clock, before it is told; 0 to 365 days.")
                @Lasting(min = "0", max = "365 days")
                Duration holdsFor) {
    /** Nothing must hold. */
    public static final Condition NONE =
            new Condition(Advised.ANY, 0, 0, "", "", "", 0, Duration.ZERO, 0, Duration.ZERO);

    static final String PATTERN = "[^\\p{Cc}]{0,256}";
    static final String PATTERN_ALLOWED = "at most 256 characters, no control characters";

    /** Advice, or none in particular. */
    public enum Advised {
        /** Whatever the advice. */
        ANY,
        /** To stop. */
        STOP,
        /** To refresh. */
        REFRESH,
        /** To watch. */
        WATCH,
        /** To keep. */
        KEEP,
        /** Too little is known. */
        UNKNOWN;

        boolean admits(Action action) {
            return this == ANY || name().equals(action.name());
        }
    }

    void require(String path) {
        Checks.require(ofJob() || ofCreatives(), path, "nothing", "at least one condition");
        Checks.require(
                !(ofJob() && ofCreatives()),
                path,
                "conditions on creatives and on the job",
                "conditions on one of them");
    }

    /** Whether it is about the job. */
    boolean ofJob() {
        return lagAbove > 0 || !noScoresFor.isZero() || deadLettersAbove > 0;
    }

    private boolean ofCreatives() {
        return advice != Advised.ANY
                || probabilityAbove > 0
                || expectedLossAbove > 0
                || !(model + advertiser + campaign).isEmpty();
    }

    /**
     * Whether it holds of a running creative.
     *
     * @param share of each bound that must be exceeded
     */
    boolean holds(Situation.Creative creative, double share) {
        return advice.admits(creative.score().action())
                && exceeds(creative.probability(), probabilityAbove, share)
                && exceeds(creative.score().advice().expectedWaste(), expectedLossAbove, share)
                && matches(model, creative.score().model())
                && matches(advertiser, creative.score().description().advertiser())
                && (campaign.isEmpty() || matches(campaign, creative.campaign()));
    }

    /** Whether it holds of the job. */
    boolean holds(Situation.Job job, double share) {
        double silent = job.silent().toMillis();
        return exceeds(job.lag().orElse(0), lagAbove, share)
                && exceeds(silent, noScoresFor.toMillis(), share)
                && exceeds(job.deadLetterShare(), deadLettersAbove, share);
    }

    /** Whether all that it asks of the job is known: brokers that are away tell no lag. */
    boolean isKnown(Situation.Job job) {
        return lagAbove == 0 || job.lag().isPresent();
    }

    private static boolean exceeds(double value, double bound, double share) {
        return bound == 0 || value > bound * share;
    }

    /** Stars take as little as they can, and more where that leads nowhere: linear in practice. */
    static boolean matches(String pattern, String text) {
        if (pattern.isEmpty()) {
            return true;
        }
        String p = pattern.toLowerCase(Locale.ROOT);
        String t = text.toLowerCase(Locale.ROOT);
        int star = -1;
        int mark = 0;
        int i = 0;
        int j = 0;
        while (j < t.length()) {
            if (i < p.length() && p.charAt(i) == '*') {
                star = i++;
                mark = j;
            } else if (i < p.length() && p.charAt(i) == t.charAt(j)) {
                i++;
                j++;
            } else if (star >= 0) {
                i = star + 1;
                j = ++mark;
            } else {
                return false;
            }
        }
        return p.substring(i).chars().allMatch(c -> c == '*');
    }
}
