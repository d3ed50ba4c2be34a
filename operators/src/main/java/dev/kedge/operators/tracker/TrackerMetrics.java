// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.Flat;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.Since;
import java.util.Objects;

/**
 * How one model does. Counters are since the start. What is judged by identities is judged
 * prequentially: each frame by what was said of it before anything was learned from it. Numbers
 * that cannot be told are not numbers.
 *
 * @param model the model
 * @param at event time, epoch milliseconds
 * @param modelVersion steps made
 * @param streams streams that are remembered
 * @param instances instances in their banks
 * @param waiting frames that wait for earlier ones
 * @param counts what was counted since the start
 * @param identity how well tracks fit the identities, over the newest judged frames
 * @param loss mean loss of the newest steps, before each
 * @param stepsRefused steps that were not made, because they would have made the model useless
 */
@PublicApi
public record TrackerMetrics(
        String model,
        @Moment long at,
        long modelVersion,
        long streams,
        long instances,
        long waiting,
        @Flat Counts counts,
        @Flat Identity identity,
        double loss,
        @Since(2) long stepsRefused) {
    /** Checks that nothing is missing. */
    public TrackerMetrics {
        Objects.requireNonNull(model, "model");
    }

    /**
     * What was counted since the start.
     *
     * @param frames frames tracked
     * @param detections detections in them
     * @param dropped detections without a track
     * @param births instances that began
     * @param deaths instances that were not seen for too long
     * @param evicted instances that gave way to new ones although they were not dead
     * @param reidentified detections that found an instance that was absent from the frame before
     * @param duplicates frames that came again
     * @param deadLetters records refused by the model
     * @param judged detections whose identity was given
     * @param switches judged detections whose identity had another track before
     */
    public record Counts(
            long frames,
            long detections,
            long dropped,
            long births,
            long deaths,
            long evicted,
            long reidentified,
            long duplicates,
            long deadLetters,
            long judged,
            long switches) {}

    /**
     * How well tracks fit the identities that were given.
     *
     * @param idf1 IDF1 over the newest judged frames of each stream
     * @param idPrecision share of the tracks' detections there that agree with their identity
     * @param idRecall share of the identities' detections there that agree with their track
     * @param association AssA, the association part of HOTA, over the same frames
     */
    public record Identity(double idf1, double idPrecision, double idRecall, double association) {}
}
