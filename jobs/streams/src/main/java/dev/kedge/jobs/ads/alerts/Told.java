// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.state.record.Flat;
import dev.kedge.state.record.Moment;
import java.util.Optional;

/**
 * An alert that was given.
 *
 * @param alert the alert
 * @param ended when what it says had ended, epoch milliseconds
 */
public record Told(@Flat Alert alert, @Moment Optional<Long> ended) {
    /** Whether it still holds. */
    public boolean isOpen() {
        return ended.isEmpty();
    }

    private boolean isOf(Episode episode) {
        return alert.rule().equals(episode.rule())
                && alert.about().map(Alert.About::model).orElse("").equals(episode.model())
                && alert.about().map(Alert.About::creative).orElse("").equals(episode.creative());
    }

    Told end(Episode episode, long now) {
        return isOpen() && isOf(episode) ? new Told(alert, Optional.of(now)) : this;
    }
}
