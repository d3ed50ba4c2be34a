// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.connectors.image.Preview;
import java.util.Optional;

/**
 * What a creative looks like, as its launch said.
 *
 * @param at event time of the launch, epoch milliseconds
 * @param text its text, cut to {@link #MOST_TEXT} characters; may be empty
 * @param picture a small copy of its picture, if it came with one that can be shown
 */
public record CreativeCard(long at, String text, Optional<Preview> picture) {
    /** Characters of a text that are kept. */
    public static final int MOST_TEXT = 600;

    /** What a card costs beside its text and its picture. */
    private static final int OVERHEAD = 128;

    /** A card of a text of any length. */
    public static CreativeCard of(long at, String text, Optional<Preview> picture) {
        return new CreativeCard(at, shortened(text), picture);
    }

    private static String shortened(String text) {
        if (text.codePointCount(0, text.length()) <= MOST_TEXT) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, MOST_TEXT - 1)) + "…";
    }

    /** Whether there is nothing to show. */
    public boolean isEmpty() {
        return text.isEmpty() && picture.isEmpty();
    }

    /** Bytes that it takes, about. */
    long bytes() {
        long words = text.getBytes(UTF_8).length;
        return OVERHEAD + words + picture.map(preview -> preview.jpeg().length).orElse(0);
    }
}
