// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.dataset;

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

    /** Columns {@code id}, {@code started_at} and {@code stopped_at}, separated by commas. */
    public static CreativeColumns of(String id, String startedAt, String stoppedAt) {
        return new CreativeColumns(
                id,
                Optional.empty(),
                "default",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                startedAt,
                stoppedAt,
                Optional.empty(),
                ',');
    }

    /** The same with one model for all rows. */
    public CreativeColumns withModel(String name) {
        return new CreativeColumns(
                id,
                modelColumn,
                name,
                advertiser,
                text,
                categories,
                numbers,
                startedAt,
                stoppedAt,
                observedUntil,
                delimiter);
    }

    /** The same with a column that tells the model. */
    public CreativeColumns withModelColumn(String column) {
        return new CreativeColumns(
                id,
                Optional.of(column),
                model,
                advertiser,
                text,
                categories,
                numbers,
                startedAt,
                stoppedAt,
                observedUntil,
                delimiter);
    }

    /** The same with a column that tells who pays. */
    public CreativeColumns withAdvertiser(String column) {
        return new CreativeColumns(
                id,
                modelColumn,
                model,
                Optional.of(column),
                text,
                categories,
                numbers,
                startedAt,
                stoppedAt,
                observedUntil,
                delimiter);
    }

    /** The same with content. */
    public CreativeColumns withContent(
            List<String> texts, List<String> fields, List<String> facts) {
        return new CreativeColumns(
                id,
                modelColumn,
                model,
                advertiser,
                texts,
                fields,
                facts,
                startedAt,
                stoppedAt,
                observedUntil,
                delimiter);
    }

    /** The same with a column that tells until when a creative was seen to run. */
    public CreativeColumns withObservedUntil(String column) {
        return new CreativeColumns(
                id,
                modelColumn,
                model,
                advertiser,
                text,
                categories,
                numbers,
                startedAt,
                stoppedAt,
                Optional.of(column),
                delimiter);
    }

    /** The same with another delimiter. */
    public CreativeColumns withDelimiter(char other) {
        return new CreativeColumns(
                id,
                modelColumn,
                model,
                advertiser,
                text,
                categories,
                numbers,
                startedAt,
                stoppedAt,
                observedUntil,
                other);
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
