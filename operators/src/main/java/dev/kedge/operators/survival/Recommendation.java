// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.creative.CreativeScore.Action;
import dev.kedge.operators.creative.CreativeScore.Contribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What to do with a creative, and why, in a sentence.
 *
 * @param action what to do
 * @param reason why
 */
record Recommendation(Action action, String reason) {
    private static final double WORTH_SAYING = 0.005;

    static Recommendation of(
            DiscontinuationSettings.Policy policy,
            double horizon,
            double probability,
            boolean pastBoundary,
            double ageDays,
            long impressions,
            List<Contribution> contributions) {
        String evidence = "";
        Action action = Action.KEEP;
        if (probability >= policy.stopAbove()) {
            action = pastBoundary ? Action.REFRESH : Action.STOP;
            if (impressions < policy.minimumImpressions()) {
                action = Action.WATCH;
                evidence =
                        String.format(
                                Locale.ROOT,
                                "; only %,d of %,d impressions yet, so watch",
                                impressions,
                                policy.minimumImpressions());
            }
        } else if (probability >= policy.watchAbove()) {
            action = Action.WATCH;
        }
        String head =
                String.format(
                        Locale.ROOT,
                        "%.0f %% within %s days (%s, day %.0f)",
                        100 * probability,
                        number(horizon),
                        pastBoundary ? "wear-out" : "cut-out",
                        Math.floor(ageDays));
        return new Recommendation(action, head + because(contributions) + evidence);
    }

    private static String because(List<Contribution> contributions) {
        List<String> parts = new ArrayList<>();
        for (Contribution c : contributions) {
            if (Math.abs(c.change()) >= WORTH_SAYING && parts.size() < 3) {
                parts.add(
                        String.format(Locale.ROOT, "%s %+.0f points", c.group(), 100 * c.change()));
            }
        }
        return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
    }

    private static String number(double days) {
        return days == Math.rint(days)
                ? Long.toString(Math.round(days))
                : String.format(Locale.ROOT, "%.1f", days);
    }
}
