// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which column of a CSV file means what.
 *
 * @param id the creative's id
 * @param modelColumn the model, if a column tells it
 * @param model the model where no column tells it, or where it is empty
 * @param advertiser who pays, if a column tells it
 * @param text columns that are joined with spaces to the text
 * @param categories columns that become categories of the same name
 * @param numbers columns that become numbers of the same name; they must be known at launch
 * @param startedAt when it was launched
 * @param stoppedAt when it was stopped; empty where it still runs
 * @param observedUntil until when one without a stop was seen to run; without it, until the last
 *     moment in the file
 * @param delimiter what separates columns
 */
public record CreativeColumns(
        String id,
        Optional<String> modelColumn,
        String model,
        Optional<String> advertiser,
        List<String> text,
        List<String> categories,
        List<String> numbers,
        String startedAt,
        String stoppedAt,
        Optional<String> observedUntil,
        char delimiter) {

    /** Checks that nothing is missing. */
    public CreativeColumns {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(modelColumn, "modelColumn");
        Objects.requireNonNull(advertiser, "advertiser");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(stoppedAt, "stoppedAt");
        Objects.requireNonNull(observedUntil, "observedUntil");
        if (model.isBlank()) {
            throw new IllegalArgumentException("model is empty, allowed: a text");
        }
        text = List.copyOf(text);
        categories = List.copyOf(categories);
        numbers = List.copyOf(numbers);
    }

    List<String> all() {
        List<String> all = new ArrayList<>(List.of(id, startedAt, stoppedAt));
        modelColumn.ifPresent(all::add);
        advertiser.ifPresent(all::add);
        observedUntil.ifPresent(all::add);
        all.addAll(text);
        all.addAll(categories);
        all.addAll(numbers);
        return all;
    }
}
