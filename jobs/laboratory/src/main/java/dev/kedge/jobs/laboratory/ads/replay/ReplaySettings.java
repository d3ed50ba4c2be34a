// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.laboratory.data.CreativeColumns;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Range;
import java.util.List;
import java.util.Optional;

/**
 * One replay file.
 *
 * @param columns which column of the CSV file means what
 * @param trainingShare share of the creatives, by launch, that the batch rivals are fitted on; the
 *     rest is what all are compared on
 * @param job the job that learns
 */
public record ReplaySettings(
        Columns columns,
        @Range(above = 0, below = 1) double trainingShare,
        DiscontinuationFile job) {
    /** Everything as it is without a file. */
    public static final ReplaySettings DEFAULT =
            new ReplaySettings(Columns.DEFAULT, 0.7, DiscontinuationFile.DEFAULT);

    /** Checks what no single part can check. */
    public ReplaySettings {
        List<String> facts = job.discontinuation().features().facts();
        for (String number : columns.numbers()) {
            Checks.require(
                    facts.contains(number),
                    "columns.numbers",
                    "'" + number + "'",
                    "one of job.discontinuation.features.facts " + facts);
        }
    }

    /**
     * Which column of the CSV file means what; an empty text stands for none.
     *
     * @param id the creative's id
     * @param model the model where no column tells it
     * @param modelColumn the model
     * @param advertiser who pays
     * @param text columns that are joined to the text
     * @param categories columns that become categories of the same name
     * @param numbers columns that become numbers of the same name; known at launch
     * @param startedAt when it was launched: ISO-8601 with a zone, or a date
     * @param stoppedAt when it was stopped; empty where it still runs
     * @param observedUntil until when one without a stop was seen to run
     * @param delimiter the character that separates columns
     */
    public record Columns(
            @Matching(value = Matching.NOT_BLANK, allowed = "a text") String id,
            @Matching(value = Matching.NOT_BLANK, allowed = "a text") String model,
            String modelColumn,
            String advertiser,
            List<String> text,
            List<String> categories,
            List<String> numbers,
            @Matching(value = Matching.NOT_BLANK, allowed = "a text") String startedAt,
            @Matching(value = Matching.NOT_BLANK, allowed = "a text") String stoppedAt,
            String observedUntil,
            @Matching(value = "(?s).", allowed = "one character") String delimiter) {
        static final Columns DEFAULT =
                new Columns(
                        "id",
                        "default",
                        "",
                        "",
                        List.of(),
                        List.of(),
                        List.of(),
                        "started_at",
                        "stopped_at",
                        "",
                        ",");

        /** Freezes the lists. */
        public Columns {
            text = List.copyOf(text);
            categories = List.copyOf(categories);
            numbers = List.copyOf(numbers);
        }

        /** The same for the reader. */
        CreativeColumns asColumns() {
            return new CreativeColumns(
                    id,
                    given(modelColumn),
                    model,
                    given(advertiser),
                    text,
                    categories,
                    numbers,
                    startedAt,
                    stoppedAt,
                    given(observedUntil),
                    delimiter.charAt(0));
        }

        private static Optional<String> given(String column) {
            return Optional.of(column).filter(name -> !name.isBlank());
        }
    }
}
