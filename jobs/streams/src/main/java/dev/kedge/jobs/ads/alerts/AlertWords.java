// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.state.settings.Durations;
import dev.kedge.state.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An alert in one line. */
final class AlertWords {
    private AlertWords() {}

    static String of(AlertRule rule, Optional<Alert.About> about, Situation.Job job) {
        String what = about.map(AlertWords::creative).orElseGet(() -> job(rule.when(), job));
        return rule.name() + ": " + what;
    }

    private static String creative(Alert.About about) {
        List<String> parts = new ArrayList<>();
        parts.add("advice " + about.action().name().toLowerCase(Locale.ROOT));
        if (Double.isFinite(about.probability())) {
            parts.add(
                    Text.format(
                            "%.0f %% to be stopped within %s days",
                            100 * about.probability(), number(about.within())));
        }
        if (Double.isFinite(about.expectedWaste())) {
            parts.add(
                    Text.format(
                            "%,.2f%s expected to be wasted until the next check",
                            about.expectedWaste(),
                            about.currency().isEmpty() ? "" : " " + about.currency()));
        }
        List<String> names = new ArrayList<>(List.of(about.advertiser(), about.campaign()));
        names.removeIf(String::isEmpty);
        return about.creative()
                + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")")
                + ": "
                + String.join(", ", parts);
    }

    private static String job(Condition when, Situation.Job job) {
        List<String> parts = new ArrayList<>();
        if (when.lagAbove() > 0) {
            parts.add(
                    Text.format("%,d records of the input are not read yet", job.lag().orElse(0)));
        }
        if (!when.noScoresFor().isZero()) {
            parts.add(
                    "no score for " + Durations.word(Duration.ofSeconds(job.silent().toSeconds())));
        }
        if (when.deadLettersAbove() > 0) {
            parts.add(
                    Text.format(
                            "%.1f %% of what the job wrote lately are dead letters",
                            100 * job.deadLetterShare()));
        }
        return String.join(", ", parts);
    }

    private static String number(double days) {
        return days == Math.rint(days) ? Long.toString((long) days) : Double.toString(days);
    }
}
