// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.time.Duration;

/** When to tell, and how often. */
public record AlertRule(
        @Meaning("Name of a rule: letters, digits, `.`, `_`, `-` (1 to 100). Each has its own.")
                @Matching(
                        value = "|" + Matching.NAME,
                        allowed = Matching.NAME_ALLOWED + ", or empty")
                String name,
        Condition when,
        @Meaning(
                        "Least time between two alerts of a rule for one creative, or for the job; 0 to 365 days.")
                @Lasting(min = "0", max = "365 days")
                Duration pause,
        @Meaning(
                        "Share of a bound below which an episode that has begun ends; 0 to 1, and 1 for no difference. A new episode may be told again.")
                @Range(min = 0, max = 1)
                double leave) {
    /** What holds of a rule that says nothing else. */
    public static final AlertRule STANDARD =
            new AlertRule("", Condition.NONE, Duration.ofHours(6), 0.9);
}
