// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.io.Serializable;
import java.time.Instant;

/**
 * What a creative event may hold at most. Whatever is larger becomes a dead letter.
 *
 * @param textBytes longest text, as UTF-8
 * @param idChars longest id of a model, a creative or an advertiser, and longest field name
 * @param embeddingWidth widest embedding
 * @param fields most categories, and most numbers, of one creative
 * @param imageBytes longest file of a thumbnail
 * @param imagePixels most pixels of a thumbnail, height times width
 */
public record CreativeLimits(
        int textBytes, int idChars, int embeddingWidth, int fields, int imageBytes, int imagePixels)
        implements Serializable {

    /**
     * 64 KiB of text, 256 characters an id, embeddings of 4096, 256 categories and numbers,
     * thumbnails of 512 KiB and 1,048,576 pixels.
     */
    public static final CreativeLimits DEFAULT =
            new CreativeLimits(64 * 1024, 256, 4096, 256, 512 * 1024, 1024 * 1024);

    /**
     * Largest count and largest amount of money that an event may hold. What is larger is a mistake
     * of its sender, and a few of them would add up past what a number can hold.
     */
    public static final long MOST_COUNTED = 1_000_000_000_000_000L;

    /**
     * Largest value of an embedding, either way: an encoder multiplies and adds them in floats, and
     * must not reach infinity.
     */
    public static final float MOST_EMBEDDED = 1e6f;

    /** First moment that an event may speak of: the year 2000. */
    public static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    /** First moment that an event may no longer speak of: the year 2100. */
    public static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    /** Checks that every limit allows something. */
    public CreativeLimits {
        positive("textBytes", textBytes);
        positive("idChars", idChars);
        positive("embeddingWidth", embeddingWidth);
        positive("fields", fields);
        positive("imageBytes", imageBytes);
        positive("imagePixels", imagePixels);
    }

    /** These limits with another longest text. */
    public CreativeLimits withTextBytes(int bytes) {
        return new CreativeLimits(bytes, idChars, embeddingWidth, fields, imageBytes, imagePixels);
    }

    /** Whether an event may happen then. */
    public static boolean plausible(long epochMillis) {
        return epochMillis >= EARLIEST && epochMillis < LATEST;
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed: 1 or more");
        }
    }
}
