// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.tests.tracker.Crowd;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrackerRestoreITCase {
    private static final RecordJson<TrackerScore> JSON = RecordJson.of(TrackerScore.class);

    @Test
    void aTrackerEndsTheSameWhateverDisturbsIt() throws Exception {
        RestoreHarness.assertEndsTheSame(rehearsed(300));
    }

    /** A tracker with so many frames of a crowd. */
    static Rehearsed<StreamFrame, TrackerScore, TrackerMetrics> rehearsed(int frames) {
        return new Rehearsed<>(
                new TrackerModels(Crowd.settings()),
                new Crowd(3).frames(frames),
                incoming -> incoming.event().model(),
                StreamTypes.TRACKER_SCORE,
                StreamTypes.TRACKER_METRICS,
                score ->
                        new Rehearsed.Told(
                                score.model(),
                                new String(JSON.encode(score), StandardCharsets.UTF_8)));
    }
}
