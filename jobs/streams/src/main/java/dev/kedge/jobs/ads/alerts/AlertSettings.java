// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Count;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Like;
import dev.kedge.state.settings.Meaning;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an operator wants to be told of. */
public record AlertSettings(
        @Meaning("How often the rules are looked at; 1 s to 1 h.")
                @Lasting(min = "1 s", max = "1 h")
                Duration every,
        AlertRule each,
        @Meaning(
                        "The rules, at most 50: of each a `name` of its own, and what differs from `alerts.each`. A rule has conditions on creatives or on the job, not on both; all that it names must hold.")
                @Like("each")
                @Count(max = 50)
                List<AlertRule> rules,
        WebhookSettings webhook) {
    /** No rules. */
    public static final AlertSettings NONE =
            new AlertSettings(
                    Duration.ofSeconds(10), AlertRule.STANDARD, List.of(), WebhookSettings.NONE);

    /** Checks the rules. */
    public AlertSettings {
        rules = List.copyOf(rules);
        Set<String> names = new HashSet<>();
        for (AlertRule rule : rules) {
            Checks.require(!rule.name().isEmpty(), "rules", "a rule without a name", "named");
            Checks.require(names.add(rule.name()), "rules", rule.name(), "a name of its own");
            rule.when().require("rules (" + rule.name() + "): when");
        }
    }

    /** Whether there is anything to be told. */
    public boolean on() {
        return !rules.isEmpty();
    }
}
