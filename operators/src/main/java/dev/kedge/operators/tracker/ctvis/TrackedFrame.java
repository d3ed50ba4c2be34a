// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import java.util.List;

/**
 * What became of a frame.
 *
 * @param stream name of the stream
 * @param frame its number
 * @param at when it was taken, epoch milliseconds
 * @param tracks what became of each detection, in their order
 * @param bankSize instances in the stream's bank afterwards
 * @param modelVersion steps that the model had learned when it scored the frame
 */
public record TrackedFrame(
        String stream, long frame, long at, List<Track> tracks, int bankSize, long modelVersion) {
    /** Copies the list. */
    public TrackedFrame {
        tracks = List.copyOf(tracks);
    }
}
