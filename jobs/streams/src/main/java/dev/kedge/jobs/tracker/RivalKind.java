// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Match;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import java.util.List;
import java.util.Locale;

/** What a tracker that learns is compared with: trackers that learn nothing. */
public enum RivalKind {
    /** The same encoder and head, as they were drawn, never learned. */
    FROZEN(0.8, 0.9, 0.95),
    /** No encoder: the given features themselves, or crops shrunk to a few pixels. */
    RAW(0.4, 0.5, 0.6, 0.7, 0.8);

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Double> thresholds;

    RivalKind(Double... thresholds) {
        this.thresholds = List.of(thresholds);
    }

    /** Thresholds of cosines that are tried beside each other. */
    List<Double> thresholds() {
        return thresholds;
    }

    /** Name on the page and in its answers. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The settings of the tracker that learns, as this rival has them. */
    TrackerSettings settings(TrackerSettings learned, double threshold) {
        TrackerSettings silent =
                learned.with("learning", TrackingSettings.Learning.NEVER)
                        .with("association.match", Match.COSINE)
                        .with("association.match-threshold", threshold);
        return this == FROZEN
                ? silent
                : silent.with("encoder.kind", EncoderName.IDENTITY)
                        .with("input.normalisation", InputNormalisation.AUTO)
                        .with("input.features", Thumbnails.features(learned.input()))
                        .with("embedding", 0);
    }

    /** A frame as this rival sees it. */
    StreamFrame seen(StreamFrame frame, TrackerSettings.Input input) {
        return this == FROZEN ? frame : Thumbnails.of(frame, input);
    }
}
