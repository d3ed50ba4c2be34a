// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.creative;

import dev.kedge.state.record.OmittedIfEmpty;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a creative shows. Every part may be empty; none may be null. The maps are sorted, because
 * their order reaches numbers.
 *
 * @param advertiser who pays, or the empty string
 * @param text title and description, or the empty string
 * @param currency ISO 4217 code of the money that it costs, or the empty string
 * @param categories category fields by name, for example {@code country: fr}
 * @param numbers numeric facts that are known at launch, by name
 * @param embedding a ready image or text embedding, or an empty array; not copied
 */
public record CreativeContent(
        @OmittedIfEmpty String advertiser,
        @OmittedIfEmpty String text,
        @OmittedIfEmpty String currency,
        @OmittedIfEmpty SortedMap<String, String> categories,
        @OmittedIfEmpty SortedMap<String, Double> numbers,
        @OmittedIfEmpty float[] embedding) {

    /** A creative of which nothing is known. */
    public static final CreativeContent UNKNOWN =
            new CreativeContent("", "", "", new TreeMap<>(), new TreeMap<>(), new float[0]);

    /** Checks that nothing is missing and freezes the maps. */
    public CreativeContent {
        Objects.requireNonNull(advertiser, "advertiser");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(embedding, "embedding");
        categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    }

    /** The same with another text. */
    public CreativeContent withText(String other) {
        return new CreativeContent(advertiser, other, currency, categories, numbers, embedding);
    }

    /** The same with another embedding, not copied. */
    public CreativeContent withEmbedding(float[] other) {
        return new CreativeContent(advertiser, text, currency, categories, numbers, other);
    }

    /** The same with another currency. */
    public CreativeContent withCurrency(String other) {
        return new CreativeContent(advertiser, text, other, categories, numbers, embedding);
    }

    /** Builds a content without a currency from maps of any order. */
    public static CreativeContent of(
            String advertiser,
            String text,
            Map<String, String> categories,
            Map<String, Double> numbers,
            float[] embedding) {
        return new CreativeContent(
                advertiser, text, "", new TreeMap<>(categories), new TreeMap<>(numbers), embedding);
    }
}
