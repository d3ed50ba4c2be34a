// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.api.PublicApi;
import java.util.Objects;

/**
 * A frame that a tracker hears of.
 *
 * @param model the model
 * @param frame the frame, with its stream
 * @param last whether no frame of its stream comes after it, so that nothing has to wait
 */
@PublicApi
public record StreamFrame(String model, VideoFrame frame, boolean last) {
    /** Checks that nothing is missing. */
    public StreamFrame {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(frame, "frame");
    }

    /** Event time, epoch milliseconds. */
    public long at() {
        return frame.at();
    }
}
