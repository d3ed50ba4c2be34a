// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.dataset;

import dev.kedge.operators.creative.CreativeEvent;
import java.util.List;

/**
 * What a file of creatives tells.
 *
 * @param events launches and stops in order of event time
 * @param rejected rows that could not be used, in order of the file
 */
public record CreativeHistory(List<CreativeEvent> events, List<RejectedRow> rejected) {
    /** Freezes the lists. */
    public CreativeHistory {
        events = List.copyOf(events);
        rejected = List.copyOf(rejected);
    }

    /**
     * A row that could not be used.
     *
     * @param line the line on which it begins, 1-based, the header being the first
     * @param reason which column is wrong, its value and what is allowed
     */
    public record RejectedRow(long line, String reason) {}
}
