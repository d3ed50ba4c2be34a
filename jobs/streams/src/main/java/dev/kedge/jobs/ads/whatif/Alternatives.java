// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.whatif;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kedge.jobs.config.FigureJson;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.policy.AdviceTally;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.policy.WhatIf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Several policies on the same past.
 *
 * @param scores how many scores were read
 * @param unreadable records that are no scores
 * @param outcomes one a policy
 */
public record Alternatives(long scores, long unreadable, List<Outcome> outcomes) {
    private static final ObjectMapper JSON =
            FigureJson.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * What one policy would have done.
     *
     * @param policy its name
     * @param report what would have happened
     * @param bestThreshold from which probability on stopping would have been worth most, by the
     *     policy's costs and horizon; not a number while none has proved to be worth anything
     * @param bestWorth what that would have been worth
     */
    public record Outcome(
            String policy, WhatIf.Report report, double bestThreshold, double bestWorth) {
        private static Outcome of(String policy, WhatIf whatIf) {
            AdviceTally tally = whatIf.tally();
            return new Outcome(
                    policy,
                    whatIf.report(),
                    tally.bestThreshold().orElse(Double.NaN),
                    tally.bestWorth());
        }
    }

    /** Runs policies, in their order, over the past. */
    public static Alternatives of(PastScores past, Map<String, Policy> policies) {
        List<Outcome> outcomes = new ArrayList<>();
        policies.forEach(
                (name, policy) -> {
                    WhatIf whatIf = new WhatIf(policy);
                    for (CreativeScore score : past.scores()) {
                        whatIf.see(score);
                    }
                    outcomes.add(Outcome.of(name, whatIf));
                });
        return new Alternatives(past.scores().size(), past.unreadable(), outcomes);
    }

    /** As a table. */
    public String table() {
        StringBuilder text = new StringBuilder();
        WhatIf.Report past = outcomes.get(0).report();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%,d scores (%,d unreadable); %,d spells, %,d of them stopped by their operators, spend %,.2f%n",
                        scores,
                        unreadable,
                        past.spells(),
                        past.ended(),
                        past.spend()));
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-24s %7s %7s %7s %7s %7s %12s %12s %9s %12s %8s %8s%n",
                        "policy",
                        "stops",
                        "right",
                        "wrong",
                        "open",
                        "missed",
                        "saved",
                        "lost",
                        "days less",
                        "worth",
                        "changes",
                        "unsteady"));
        for (Outcome outcome : outcomes) {
            WhatIf.Report r = outcome.report();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-24s %,7d %,7d %,7d %,7d %,7d %,12.2f %,12.2f %9s %,12.2f %,8d %,8d%n",
                            outcome.policy(),
                            r.stops(),
                            r.dead(),
                            r.live(),
                            r.open(),
                            r.missed(),
                            r.spendSaved(),
                            r.spendLost(),
                            Double.isNaN(r.meanLeadDays())
                                    ? "-"
                                    : String.format(Locale.ROOT, "%.1f", r.meanLeadDays()),
                            r.net(),
                            r.changes(),
                            r.unsteady()));
        }
        outcomes.forEach(outcome -> text.append(best(outcome)));
        return text.toString();
    }

    private static String best(Outcome outcome) {
        return Double.isNaN(outcome.bestThreshold())
                ? String.format(
                        Locale.ROOT,
                        "%s: no threshold has proved to be worth anything yet%n",
                        outcome.policy())
                : String.format(
                        Locale.ROOT,
                        "%s: of all thresholds, stopping from %.0f %% on would have been worth most: %,.2f%n",
                        outcome.policy(),
                        100 * outcome.bestThreshold(),
                        outcome.bestWorth());
    }

    /** As JSON. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
