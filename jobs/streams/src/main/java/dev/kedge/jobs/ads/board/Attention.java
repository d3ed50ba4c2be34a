// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.ads.alerts.AlertBell;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import java.util.Optional;

/**
 * What people do on the page, and what the page tells them by itself.
 *
 * @param desk takes decisions; empty where none are taken
 * @param bell tells of alerts; empty where there are no rules
 */
public record Attention(Optional<DecisionDesk> desk, Optional<AlertBell> bell)
        implements AutoCloseable {
    /** A page to look at only. */
    public static final Attention NONE = new Attention(Optional.empty(), Optional.empty());

    @Override
    public void close() {
        bell.ifPresent(AlertBell::close);
        desk.ifPresent(DecisionDesk::close);
    }
}
