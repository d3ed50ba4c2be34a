// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.state.text.Text.decimal;
import static dev.kedge.state.text.Text.grouped;

import dev.kedge.operators.ads.creative.CreativeScore.CauseShare;
import dev.kedge.operators.ads.creative.CreativeScore.Contribution;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.policy.Policy.Decision;
import dev.kedge.operators.ads.policy.Policy.Situation;
import java.util.ArrayList;
import java.util.List;

/** Says in a sentence why a creative is advised what it is advised. */
final class Reason {
    private static final double WORTH_SAYING = 0.005;

    private final Policy policy;
    private final String days;

    /**
     * By a policy.
     *
     * @param horizon days ahead that its probabilities are of
     */
    Reason(Policy policy, double horizon) {
        this.policy = policy;
        this.days = number(horizon);
    }

    String of(
            Situation now,
            double ageDays,
            Decision decision,
            List<CauseShare> causes,
            List<Contribution> contributions) {
        String phase = now.pastBoundary() ? "wear-out" : "cut-out";
        return decimal(100 * now.probability(), 0)
                + " % within "
                + days
                + " days ("
                + phase
                + ", day "
                + decimal(Math.floor(ageDays), 0)
                + ")"
                + because(contributions)
                + causes(causes)
                + money(decision)
                + ground(now, decision);
    }

    private static String because(List<Contribution> contributions) {
        List<String> parts = new ArrayList<>();
        for (Contribution c : contributions) {
            if (Math.abs(c.change()) >= WORTH_SAYING && parts.size() < 3) {
                String plus = c.change() > 0 ? "+" : "";
                parts.add(c.group() + " " + plus + decimal(100 * c.change(), 0) + " points");
            }
        }
        return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
    }

    private static String causes(List<CauseShare> causes) {
        return causes.stream()
                .max((a, b) -> Double.compare(a.probability(), b.probability()))
                .map(c -> "; most likely for " + c.cause())
                .orElse("");
    }

    private String money(Decision decision) {
        return policy.rule() == Policy.Rule.COSTS
                ? "; stopping is expected to save "
                        + decimal(decision.saving(), 2)
                        + " and to lose "
                        + decimal(decision.stopCost(), 2)
                : "";
    }

    private String ground(Situation now, Decision decision) {
        return switch (decision.ground()) {
            case EVIDENCE -> few(now.impressions(), policy.minimumImpressions(), "impressions yet");
            case COLD ->
                    few(
                            now.outcomes(),
                            policy.minimumOutcomes(),
                            "outcomes of this model known yet");
            case HELD -> "; the last advice is too recent to change it";
            case BUDGET -> "; the budget for stops is spent, so watch";
            default -> "";
        };
    }

    /** Every score of a cold model says it: a formatter would cost more than its hazards. */
    private static String few(long known, long wanted, String what) {
        return "; only "
                + grouped(known)
                + " of "
                + grouped(wanted)
                + " "
                + what
                + ", too few to say";
    }

    private static String number(double days) {
        return days == Math.rint(days) ? Long.toString(Math.round(days)) : decimal(days, 1);
    }
}
