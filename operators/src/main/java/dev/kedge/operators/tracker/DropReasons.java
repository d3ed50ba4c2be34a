// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.tracker.TrackerScore.Dropped;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.TrackedFrame;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says why detections have no track.
 *
 * @param settings by which they were matched
 * @param rules the same as a tracker
 */
record DropReasons(OnlineTracker.Settings settings, OnlineTracker rules) {

    /** What became of each detection, with the reasons. */
    List<TrackerScore.Seen> explain(VideoFrame frame, TrackedFrame tracked) {
        List<TrackerScore.Seen> seen = new ArrayList<>(tracked.tracks().size());
        boolean any = tracked.tracks().stream().anyMatch(Track::dropped);
        boolean[] selected = any ? rules.selected(frame.detections()) : new boolean[0];
        for (int d = 0; d < tracked.tracks().size(); d++) {
            Track track = tracked.tracks().get(d);
            Detection detection = frame.detections().get(d);
            Optional<Dropped> why =
                    track.dropped()
                            ? Optional.of(reason(selected[d], detection))
                            : Optional.empty();
            double alike = track.similarity().orElse(Double.NaN);
            String label = detection.label();
            Optional<Box> box = detection.box();
            seen.add(
                    new TrackerScore.Seen(
                            track.id(), alike, track.isNew(), track.sightings(), why, label, box));
        }
        return seen;
    }

    private Dropped reason(boolean selected, Detection detection) {
        if (selected) {
            return Dropped.UNMATCHED;
        }
        return detection.score() > settings.selectThreshold() ? Dropped.DUPLICATE : Dropped.WEAK;
    }
}
