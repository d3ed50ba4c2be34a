// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.state.record.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * A time in which a rule holds of a creative, or of the job.
 *
 * @param rule the rule
 * @param model the creative's model; empty for the job
 * @param creative the creative; empty for the job
 * @param since when it began, epoch milliseconds
 * @param told when it was told last, in this episode or in an earlier one
 * @param ended when it ended, if it has
 */
record Episode(
        String rule,
        String model,
        String creative,
        @Moment long since,
        @Moment Optional<Long> told,
        @Moment Optional<Long> ended) {
    /** What an episode is of. */
    record Key(String rule, String model, String creative) {}

    static Episode begin(Key key, long now, Optional<Episode> before) {
        return new Episode(
                key.rule(),
                key.model(),
                key.creative(),
                now,
                before.flatMap(Episode::told),
                Optional.empty());
    }

    Key key() {
        return new Key(rule, model, creative);
    }

    boolean isOpen() {
        return ended.isEmpty();
    }

    /** Whether it was told in this episode. */
    boolean isTold() {
        return told.map(at -> at >= since).orElse(false);
    }

    boolean isDue(AlertRule rule, long now) {
        return !isTold()
                && now - since >= rule.when().holdsFor().toMillis()
                && !pauses(rule.pause(), now);
    }

    private boolean pauses(Duration pause, long now) {
        return told.map(at -> now - at < pause.toMillis()).orElse(false);
    }

    Episode tell(long now) {
        return new Episode(rule, model, creative, since, Optional.of(now), ended);
    }

    Episode end(long now) {
        return new Episode(rule, model, creative, since, told, Optional.of(now));
    }

    /** Whether nothing of it matters any more. */
    boolean isForgotten(Optional<AlertRule> of, long now) {
        return !isOpen() && !of.map(rule -> pauses(rule.pause(), now)).orElse(false);
    }
}
