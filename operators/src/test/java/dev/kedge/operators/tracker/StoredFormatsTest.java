// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveTuning;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.tracker.TrackerProgress.Counter;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.TrackingTuning;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.binary.Family;
import dev.kedge.state.formats.StoredFormat;
import dev.kedge.state.formats.StoredFormatContract;
import dev.kedge.state.part.MemoryPartStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A golden file for each stored format of the tracker, and what damage to it leads to. */
class StoredFormatsTest extends StoredFormatContract {
    private static final String PREFIX = "feed/0000000000000001/";
    private static final TrackerSettings.Evaluation EVALUATION =
            new TrackerSettings.Evaluation(3, 2, Duration.ofSeconds(1), false);
    private static final JudgedFrame JUDGED =
            new JudgedFrame(9, List.of("a", "b"), new long[] {4, Track.DROPPED});

    @Override
    protected Stream<StoredFormat> formats() {
        return Stream.of(
                new StoredFormat(
                        Family.WAITING_FRAME,
                        2,
                        List.of(
                                5L,
                                "m",
                                "door",
                                7L,
                                1000L,
                                true,
                                "[1, 2] 0.5 car a4 " + box(Box.ofSides(16.1, 2, 76.3, 4)),
                                "[3] 1.0   ",
                                "t 1 2 3",
                                "[9]"),
                        () -> waiting().toBytes(),
                        StoredFormatsTest::tell),
                new StoredFormat(
                        Family.STREAM_FEED,
                        1,
                        List.of("door", 1000L, 900L, 5L, 3L),
                        StoredFormatsTest::feed,
                        StoredFormatsTest::feed),
                new StoredFormat(
                        Family.LAST_TRACKS,
                        1,
                        List.of(1, 1),
                        StoredFormatsTest::judge,
                        StoredFormatsTest::judge),
                new StoredFormat(
                        Family.JUDGED_FRAME,
                        1,
                        List.of(9L, List.of("a", "b"), 4L, -1L),
                        JUDGED::toBytes,
                        bytes -> {
                            JudgedFrame frame = JudgedFrame.fromBytes(bytes);
                            return List.of(
                                    frame.at(),
                                    frame.identities(),
                                    frame.tracks()[0],
                                    frame.tracks()[1]);
                        }),
                new StoredFormat(
                        Family.TRACKER_PROGRESS,
                        1,
                        List.of(1000L, 1L, 700L, 3L, 0.5, true, 0.25, 2.0, 3.0),
                        StoredFormatsTest::progress,
                        StoredFormatsTest::progress));
    }

    private static WaitingFrame waiting() {
        VideoFrame frame =
                new VideoFrame(
                        "door",
                        7,
                        1000,
                        List.of(
                                Detection.of(new byte[] {1, 2}, 0.5)
                                        .withLabel("car")
                                        .withIdentity("a4")
                                        .withBox(Box.ofSides(16.1, 2, 76.3, 4)),
                                Detection.of(new byte[] {3}, 1)));
        return new WaitingFrame(
                5,
                new Incoming<>(
                        new StreamFrame("m", frame, true),
                        new Origin("t", 1, 2, 3),
                        new byte[] {9}));
    }

    private static List<Object> tell(byte[] bytes) {
        WaitingFrame read = WaitingFrame.fromBytes(bytes);
        Origin origin = read.incoming().origin();
        List<String> detections =
                read.frame().detections().stream()
                        .map(
                                d ->
                                        "%s %s %s %s %s"
                                                .formatted(
                                                        Arrays.toString(d.input()),
                                                        d.score(),
                                                        d.label(),
                                                        d.identity(),
                                                        d.box()
                                                                .map(StoredFormatsTest::box)
                                                                .orElse("")))
                        .toList();
        return List.of(
                read.arrival(),
                read.incoming().event().model(),
                read.frame().stream(),
                read.frame().frame(),
                read.at(),
                read.incoming().event().last(),
                detections.get(0),
                detections.get(1),
                "%s %d %d %d"
                        .formatted(
                                origin.topic(),
                                origin.partition(),
                                origin.offset(),
                                origin.timestamp()),
                Arrays.toString(read.incoming().original()));
    }

    private static String box(Box box) {
        return "%s %s %s %s".formatted(box.left(), box.top(), box.width(), box.height());
    }

    @Test
    void aWaitingFrameOfTheFirstVersionHasTheSidesThatFollowFromTheCorners() {
        assertThat(tell(StoredFormat.golden("waiting-frame-v1")))
                .contains("[1, 2] 0.5 car a4 1.0 2.0 2.0 2.0", "[3] 1.0   ");
    }

    private static byte[] feed() {
        Feed feed = new Feed("door", PREFIX, new TrackJudge(PREFIX, EVALUATION));
        WaitingFrame frame = waiting();
        feed.add(frame);
        feed.remove(frame);
        feed.tracked(3, 900);
        MemoryPartStore store = new MemoryPartStore();
        feed.flush(store);
        return store.get(PREFIX + "head").orElseThrow();
    }

    private static List<Object> feed(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(PREFIX + "head", bytes);
        Feed feed = Feed.restored(PREFIX, EVALUATION, store);
        return List.of(
                feed.name(),
                feed.newest(),
                feed.lastAt(),
                feed.lastSeen(),
                feed.times().firstSince(0));
    }

    private static byte[] judge() {
        MemoryPartStore store = new MemoryPartStore();
        TrackJudge judge = new TrackJudge(PREFIX, EVALUATION);
        see(judge, 1);
        judge.forgetBefore(Long.MAX_VALUE);
        judge.flush(store);
        return store.get(PREFIX + "judge").orElseThrow();
    }

    private static TrackJudge.Verdict see(TrackJudge judge, long track) {
        Detection detection = Detection.of(new byte[1], 1).withIdentity("a");
        return judge.judge(
                new VideoFrame("s", 1, 1, List.of(detection)),
                List.of(new Track(track, OptionalDouble.empty(), false, 1)));
    }

    private static List<Object> judge(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(PREFIX + "judge", bytes);
        TrackJudge.Verdict verdict = see(TrackJudge.restored(PREFIX, EVALUATION, store), 2);
        return List.of(verdict.judged(), verdict.switches());
    }

    private static byte[] progress() {
        TrackerProgress progress = new TrackerProgress();
        progress.see(1000);
        progress.count(Counter.SWITCHES, 3);
        progress.learned(700, 0.5);
        progress.tune(new LiveTuning<>(true, new TrackingTuning(0.25, 2, 3)));
        MemoryPartStore store = new MemoryPartStore();
        progress.flush(store);
        return store.get("progress").orElseThrow();
    }

    private static List<Object> progress(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put("progress", bytes);
        TrackerProgress progress = TrackerProgress.restored(store);
        return List.of(
                progress.clock().newest(),
                progress.clock().arrival(),
                progress.clock().newestLearned(0),
                progress.counted(Counter.SWITCHES),
                progress.meanLoss(),
                progress.tuning().paused(),
                progress.tuning().learning().rate(),
                progress.tuning().learning().embedding(),
                progress.tuning().learning().auxiliary());
    }
}
