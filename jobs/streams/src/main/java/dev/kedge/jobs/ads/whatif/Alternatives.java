// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.whatif;

import static dev.kedge.state.text.Text.format;

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
                format(
                        "%,d scores (%,d unreadable); %,d spells, %,d of them stopped by"
                                + " their operators, spend %s%n",
                        scores, unreadable, past.spells(), past.ended(), spend(past)));
        text.append(
                format(
                        "%-24s %7s %7s %7s %7s %7s",
                        "policy", "stops", "right", "wrong", "open", "missed"));
        text.append(money("saved", "lost", "days less", "worth"));
        text.append(format(" %8s %8s%n", "changes", "unsteady"));
        for (Outcome outcome : outcomes) {
            text.append(line(outcome.policy(), outcome.report()));
            WhatIf.Currencies in = outcome.report().currencies();
            for (String currency : in.spendIn().keySet()) {
                String saved = amount(in.spendSavedIn().get(currency));
                String lost = amount(in.spendLostIn().get(currency));
                String worth = amount(in.netIn().get(currency));
                text.append(format("%-24s %39s", "  in " + currency, ""));
                text.append(money(saved, lost, "", worth)).append(format("%n"));
            }
        }
        outcomes.forEach(outcome -> text.append(best(outcome)));
        return text.toString();
    }

    private static String line(String policy, WhatIf.Report r) {
        boolean elsewhere = r.spend() == 0 && r.net() == 0 && hasCurrencies(r);
        String saved = elsewhere ? "-" : amount(r.spendSaved());
        String lost = elsewhere ? "-" : amount(r.spendLost());
        String days = Double.isNaN(r.meanLeadDays()) ? "-" : format("%.1f", r.meanLeadDays());
        String worth = elsewhere ? "-" : amount(r.net());
        return format("%-24s %,7d %,7d %,7d", policy, r.stops(), r.dead(), r.live())
                + format(" %,7d %,7d", r.open(), r.missed())
                + money(saved, lost, days, worth)
                + format(" %,8d %,8d%n", r.steadiness().changes(), r.steadiness().unsteady());
    }

    private static String money(String saved, String lost, String days, String worth) {
        return format(" %12s %12s %9s %12s", saved, lost, days, worth);
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
        return format("%,.2f", money);
    }

    /** Each currency by itself, after what has none. */
    private static String best(Outcome outcome) {
        WhatIf.Best best = outcome.best();
        List<String> found = new ArrayList<>();
        if (!Double.isNaN(best.bestThreshold())) {
            found.add(best(best.bestThreshold(), amount(best.bestWorth())));
        }
        for (Map.Entry<String, Double> one : best.bestThresholdIn().entrySet()) {
            String worth = one.getKey() + " " + amount(best.bestWorthIn().get(one.getKey()));
            found.add(best(one.getValue(), worth));
        }
        if (found.isEmpty()) {
            found.add("no threshold has proved to be worth anything yet");
        }
        return found.stream()
                .map(line -> format("%s: %s%n", outcome.policy(), line))
                .collect(Collectors.joining());
    }

    private static String best(double threshold, String worth) {
        return format(
                "of all thresholds, stopping from %.0f %% on would have been worth most: %s",
                100 * threshold, worth);
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
