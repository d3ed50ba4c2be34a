// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.connectors.formats.Spelling;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import java.util.function.Consumer;

/** Follows what a tracker writes, and the frames that it reads, for their pictures. */
public final class TrackerFeed {
    private TrackerFeed() {}

    /**
     * A feed that is not started yet.
     *
     * @param pictures takes each frame that the job reads, where detections are crops
     */
    public static OutputFeed<TrackerScore, TrackerMetrics> of(
            TrackerFile settings,
            OutputFeed.Listener<TrackerScore, TrackerMetrics> listener,
            Consumer<StreamFrame> pictures) {
        Spelling spelling = settings.kafka().spelling();
        OutputFeed.Reader<TrackerScore, TrackerMetrics> reader =
                new OutputFeed.Reader<>(
                        RecordJson.of(TrackerScore.class, spelling.output(TrackerScore.class)),
                        RecordJson.of(TrackerMetrics.class, spelling.output(TrackerMetrics.class)));
        OutputFeed<TrackerScore, TrackerMetrics> feed =
                new OutputFeed<>(settings, reader, listener);
        FrameJson frames =
                new FrameJson(settings.tracker().input(), spelling.input(TrackerJob.RECORD));
        return settings.tracker().input().shape().isEmpty()
                ? feed
                : feed.alsoReading(
                        settings.topics().frames(), value -> take(value, frames, pictures));
    }

    private static void take(byte[] value, FrameJson frames, Consumer<StreamFrame> pictures) {
        try {
            pictures.accept(frames.decode(value));
        } catch (UndecodableException e) {
            // The job says what is wrong with it.
            return;
        }
    }
}
