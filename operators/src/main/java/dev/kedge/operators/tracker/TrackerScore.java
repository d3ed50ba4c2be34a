// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.Moment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model said of a frame when its turn came, before it learned from it.
 *
 * @param model the model
 * @param stream the stream
 * @param frame number of the frame
 * @param at the frame's event time, epoch milliseconds
 * @param detections what became of each detection, in the order of the frame
 * @param bankSize instances in the stream's bank afterwards
 * @param modelVersion steps that the model had made
 * @param featureTime event time of the newest frame that the model had learned from, epoch
 *     milliseconds; that of this frame if there was none
 */
@PublicApi
public record TrackerScore(
        String model,
        String stream,
        long frame,
        @Moment long at,
        List<Seen> detections,
        int bankSize,
        long modelVersion,
        @Moment long featureTime) {
    /** Freezes the list. */
    public TrackerScore {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(stream, "stream");
        detections = List.copyOf(detections);
    }

    /** Why a detection has no track. The names are part of the stored form. */
    public enum Dropped {
        /** Its score is too low to be matched. */
        WEAK,
        /** It overlaps with a stronger one. */
        DUPLICATE,
        /** It is like no instance, and its score is too low to begin one. */
        UNMATCHED
    }

    /**
     * What became of a detection.
     *
     * @param track number of the instance, never given twice by a stream; {@link
     *     dev.kedge.operators.tracker.ctvis.Track#DROPPED} for none
     * @param similarity match score with the instance; not a number for a new one and for none
     * @param isNew whether the instance was first seen here
     * @param sightings how often the instance was seen so far, this time included; 0 for none
     * @param dropped why there is none; empty if there is one
     * @param label class of the detection, as it came; empty if it had none
     * @param box its place, as it came
     */
    public record Seen(
            long track,
            double similarity,
            boolean isNew,
            long sightings,
            Optional<Dropped> dropped,
            String label,
            Optional<Box> box) {}
}
