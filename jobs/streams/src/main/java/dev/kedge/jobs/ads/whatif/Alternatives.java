// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.whatif;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kedge.jobs.config.FigureJson;
import dev.kedge.operators.ads.creative.CreativeScore;
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
     */
    public record Outcome(String policy, WhatIf.Report report) {}

    /** Runs policies, in their order, over the past. */
    public static Alternatives of(PastScores past, Map<String, Policy> policies) {
        List<Outcome> outcomes = new ArrayList<>();
        policies.forEach(
                (name, policy) -> {
                    WhatIf whatIf = new WhatIf(policy);
                    for (CreativeScore score : past.scores()) {
                        whatIf.see(score);
                    }
                    outcomes.add(new Outcome(name, whatIf.report()));
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
                        "%-24s %7s %7s %7s %7s %7s %12s %12s %9s %12s%n",
                        "policy",
                        "stops",
                        "right",
                        "wrong",
                        "open",
                        "missed",
                        "saved",
                        "lost",
                        "days less",
                        "worth"));
        for (Outcome outcome : outcomes) {
            WhatIf.Report r = outcome.report();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-24s %,7d %,7d %,7d %,7d %,7d %,12.2f %,12.2f %9s %,12.2f%n",
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
                            r.net()));
        }
        return text.toString();
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
