// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import java.util.Comparator;
import java.util.List;

/**
 * What a file of creatives tells.
 *
 * @param lives the creatives in order of their launch, then of model and creative by name
 * @param rejected rows that could not be used, in order of the file
 */
public record CreativeHistory(List<CreativeLife> lives, List<RejectedRow> rejected) {
    private static final Comparator<CreativeEvent> ORDER =
            Comparator.comparingLong(CreativeEvent::at)
                    .thenComparing(event -> event instanceof CreativeDiscontinued)
                    .thenComparing(CreativeEvent::model)
                    .thenComparing(CreativeEvent::creative);

    /** Brings the lives in order and freezes the lists. */
    public CreativeHistory {
        lives = lives.stream().sorted(Comparator.comparing(CreativeLife::launched, ORDER)).toList();
        rejected = List.copyOf(rejected);
    }

    /**
     * Launches and stops in order of event time; at the same moment launches come before stops,
     * then models and creatives by name.
     */
    public List<CreativeEvent> events() {
        return lives.stream().flatMap(life -> life.events().stream()).sorted(ORDER).toList();
    }

    /**
     * A row that could not be used.
     *
     * @param line the line on which it begins, 1-based, the header being the first
     * @param reason which column is wrong, its value and what is allowed
     */
    public record RejectedRow(long line, String reason) {}
}
