// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.whatif;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.policy.WhatIf;
import dev.kedge.state.record.Flat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several policies on the same past.
 *
 * @param scores how many scores were read
 * @param unreadable records that are no scores
 * @param outcomes one a policy
 */
public record Alternatives(long scores, long unreadable, List<Outcome> outcomes) {
    private static final RecordJson<Alternatives> FIGURES = RecordJson.of(Alternatives.class);
    private static final ObjectWriter INDENTED =
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    /**
     * What one policy would have done.
     *
     * @param policy its name
     * @param report what would have happened
     * @param best from which probability on stopping would have been worth most
     */
    public record Outcome(String policy, WhatIf.Report report, @Flat WhatIf.Best best) {}

    /** Runs policies, in their order, over the past. */
    public static Alternatives of(PastScores past, Map<String, Policy> policies) {
        List<Outcome> outcomes = new ArrayList<>();
        policies.forEach(
                (name, policy) -> {
                    WhatIf whatIf = new WhatIf(policy);
                    for (CreativeScore score : past.scores()) {
                        whatIf.see(score);
                    }
                    outcomes.add(new Outcome(name, whatIf.report(), whatIf.best()));
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
                        "%,d scores (%,d unreadable); %,d spells, %,d of them stopped by their operators, spend %s%n",
                        scores,
                        unreadable,
                        past.spells(),
                        past.ended(),
                        spend(past)));
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
            boolean elsewhere = r.spend() == 0 && r.net() == 0 && hasCurrencies(r);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-24s %,7d %,7d %,7d %,7d %,7d %12s %12s %9s %12s %,8d %,8d%n",
                            outcome.policy(),
                            r.stops(),
                            r.dead(),
                            r.live(),
                            r.open(),
                            r.missed(),
                            elsewhere ? "-" : amount(r.spendSaved()),
                            elsewhere ? "-" : amount(r.spendLost()),
                            Double.isNaN(r.meanLeadDays())
                                    ? "-"
                                    : String.format(Locale.ROOT, "%.1f", r.meanLeadDays()),
                            elsewhere ? "-" : amount(r.net()),
                            r.steadiness().changes(),
                            r.steadiness().unsteady()));
            for (String currency : r.currencies().spendIn().keySet()) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "%-24s %39s %12s %12s %9s %12s%n",
                                "  in " + currency,
                                "",
                                amount(r.currencies().spendSavedIn().get(currency)),
                                amount(r.currencies().spendLostIn().get(currency)),
                                "",
                                amount(r.currencies().netIn().get(currency))));
            }
        }
        outcomes.forEach(outcome -> text.append(best(outcome)));
        return text.toString();
    }

    private static boolean hasCurrencies(WhatIf.Report report) {
        return !report.currencies().spendIn().isEmpty();
    }

    /** Each currency by itself, after what has none. */
    private static String spend(WhatIf.Report past) {
        List<String> sums = new ArrayList<>();
        if (past.spend() != 0 || !hasCurrencies(past)) {
            sums.add(amount(past.spend()));
        }
        past.currencies()
                .spendIn()
                .forEach((currency, spend) -> sums.add(currency + " " + amount(spend)));
        return String.join(" and ", sums);
    }

    private static String amount(double money) {
        return String.format(Locale.ROOT, "%,.2f", money);
    }

    /** Each currency by itself, after what has none. */
    private static String best(Outcome outcome) {
        WhatIf.Best best = outcome.best();
        List<String> found = new ArrayList<>();
        if (!Double.isNaN(best.bestThreshold())) {
            found.add(best(best.bestThreshold(), amount(best.bestWorth())));
        }
        best.bestThresholdIn()
                .forEach(
                        (currency, threshold) ->
                                found.add(
                                        best(
                                                threshold,
                                                currency
                                                        + " "
                                                        + amount(
                                                                best.bestWorthIn()
                                                                        .get(currency)))));
        if (found.isEmpty()) {
            found.add("no threshold has proved to be worth anything yet");
        }
        return found.stream()
                .map(line -> String.format(Locale.ROOT, "%s: %s%n", outcome.policy(), line))
                .collect(Collectors.joining());
    }

    private static String best(double threshold, String worth) {
        return String.format(
                Locale.ROOT,
                "of all thresholds, stopping from %.0f %% on would have been worth most: %s",
                100 * threshold,
                worth);
    }

    /** As JSON. */
    public String json() {
        try {
            return INDENTED.writeValueAsString(FIGURES.tree(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
