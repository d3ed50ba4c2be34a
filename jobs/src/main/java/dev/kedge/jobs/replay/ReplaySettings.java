// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.replay;

import dev.kedge.connectors.dataset.CreativeColumns;
import dev.kedge.jobs.discontinuation.DiscontinuationFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One replay file.
 *
 * @param columns which column of the CSV file means what
 * @param trainingShare share of the creatives, by launch, that the batch rivals are fitted on; the
 *     rest is what all are compared on
 * @param job the job that learns
 */
public record ReplaySettings(Columns columns, double trainingShare, DiscontinuationFile job) {
    /** Everything as it is without a file. */
    public static final ReplaySettings DEFAULT =
            new ReplaySettings(Columns.DEFAULT, 0.7, DiscontinuationFile.DEFAULT);

    /** Checks what no single part can check. */
    public ReplaySettings {
        if (!(trainingShare > 0 && trainingShare < 1)) {
            throw new IllegalArgumentException(
                    "training-share: "
                            + trainingShare
                            + " is not allowed; it must be between 0 and 1");
        }
        List<String> facts = job.discontinuation().features().facts();
        for (String number : columns.numbers()) {
            if (!facts.contains(number)) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "columns.numbers: '%s' is not allowed; it must be one of job.discontinuation.features.facts %s",
                                number,
                                facts));
            }
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
            String id,
            String model,
            String modelColumn,
            String advertiser,
            List<String> text,
            List<String> categories,
            List<String> numbers,
            String startedAt,
            String stoppedAt,
            String observedUntil,
            String delimiter) {
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

        /** Checks that nothing needed is missing. */
        public Columns {
            text = List.copyOf(text);
            categories = List.copyOf(categories);
            numbers = List.copyOf(numbers);
            named("columns.id", id);
            named("columns.model", model);
            named("columns.started-at", startedAt);
            named("columns.stopped-at", stoppedAt);
            if (delimiter.length() != 1) {
                throw new IllegalArgumentException(
                        "columns.delimiter: '"
                                + delimiter
                                + "' is not allowed; it must be one character");
            }
        }

        private static void named(String field, String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException(
                        field + ": '" + value + "' is not allowed; it must be a text");
            }
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
