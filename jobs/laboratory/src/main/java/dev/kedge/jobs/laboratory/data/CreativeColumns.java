// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.state.settings.Matching;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which column of a CSV file means what; an empty text stands for none.
 *
 * @param id the creative's id
 * @param model the model where no column tells it, or where it is empty
 * @param modelColumn the model
 * @param advertiser who pays
 * @param text columns that are joined with spaces to the text
 * @param categories columns that become categories of the same name
 * @param numbers columns that become numbers of the same name; known at launch
 * @param startedAt when it was launched: ISO-8601 with a zone, or a date
 * @param stoppedAt when it was stopped; empty where it still runs
 * @param observedUntil until when one without a stop was seen to run; without it, until the last
 *     moment in the file
 * @param delimiter the character that separates columns
 */
public record CreativeColumns(
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
    private static final List<String> NONE = List.of();

    /** Columns {@code id}, {@code started_at} and {@code stopped_at}, separated by commas. */
    public static final CreativeColumns DEFAULT =
            new CreativeColumns(
                    "id", "default", "", "", NONE, NONE, NONE, "started_at", "stopped_at", "", ",");

    /** Freezes the lists. */
    public CreativeColumns {
        text = List.copyOf(text);
        categories = List.copyOf(categories);
        numbers = List.copyOf(numbers);
    }

    List<String> all() {
        List<String> all = new ArrayList<>(List.of(id, startedAt, stoppedAt));
        Stream.of(modelColumn, advertiser, observedUntil)
                .filter(column -> !column.isBlank())
                .forEach(all::add);
        all.addAll(text);
        all.addAll(categories);
        all.addAll(numbers);
        return all;
    }
}
