// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static dev.kedge.state.text.Text.format;

import java.io.IOException;

/**
 * How much work the images of one record may ask for, in pixels times scans: a progressive JPEG
 * goes over its pixels once a scan, and a file of a few kilobytes can hold thousands of them.
 * Counted before anything is decoded, and not by a clock, so that a record has the same outcome on
 * every machine. Not thread-safe.
 */
public final class DecodeBudget {
    /** What all images of one record may ask for: 32 times the pixels of the largest thumbnail. */
    public static final long RECORD = 32L << 20;

    private final long most;
    private long taken;

    /** A budget of so many pixels times scans. */
    public DecodeBudget(long most) {
        this.most = most;
    }

    /** A fresh budget of {@link #RECORD}. */
    public static DecodeBudget ofRecord() {
        return new DecodeBudget(RECORD);
    }

    /**
     * Takes the work of an image.
     *
     * @throws IOException if there is not as much left
     */
    public void take(ImageFile image) throws IOException {
        if (image.work() > most - taken) {
            throw new IOException(
                    format(
                            "%d pixels times %d scans, of which %d of %d are left",
                            image.work() / image.scans(), image.scans(), most - taken, most));
        }
        taken += image.work();
    }

    /** What was taken so far. */
    public long taken() {
        return taken;
    }
}
