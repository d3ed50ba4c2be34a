// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.api.PublicApi;
import java.util.List;

/**
 * One frame of a stream.
 *
 * @param stream name of the stream
 * @param frame its number in the stream; numbers grow, and may leave gaps
 * @param at when it was taken, epoch milliseconds; passed on
 * @param detections what was found in it
 */
@PublicApi
public record VideoFrame(String stream, long frame, long at, List<Detection> detections) {
    /** Copies the list. */
    public VideoFrame {
        detections = List.copyOf(detections);
    }
}
