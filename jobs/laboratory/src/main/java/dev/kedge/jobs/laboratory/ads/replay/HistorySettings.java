// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.laboratory.data.CreativeColumns;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Range;
import java.util.List;

/**
 * One replay file.
 *
 * @param columns which column of the CSV file means what
 * @param trainingShare share of the creatives, by launch, that the batch rivals are fitted on; the
 *     rest is what all are compared on
 * @param job the job that learns
 */
public record HistorySettings(
        CreativeColumns columns,
        @Range(above = 0, below = 1) double trainingShare,
        DiscontinuationFile job) {
    /** Everything as it is without a file. */
    public static final HistorySettings DEFAULT =
            new HistorySettings(CreativeColumns.DEFAULT, 0.7, DiscontinuationFile.DEFAULT);

    /** Checks what no single part can check. */
    public HistorySettings {
        List<String> facts = job.discontinuation().features().facts();
        for (String number : columns.numbers()) {
            Checks.require(
                    facts.contains(number),
                    "columns.numbers",
                    "'" + number + "'",
                    "one of job.discontinuation.features.facts " + facts);
        }
    }
}
