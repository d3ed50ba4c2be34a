// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerScore.Dropped;
import dev.kedge.operators.tracker.TrackerScore.Seen;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrackerBoardTest {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private final TrackerBoard board = new TrackerBoard(Clock.fixed(NOW, ZoneOffset.UTC));

    static TrackerScore score(String stream, long frame, long... tracks) {
        List<Seen> seen =
                LongStream.of(tracks)
                        .mapToObj(
                                track ->
                                        new Seen(
                                                track,
                                                0.5,
                                                false,
                                                3,
                                                track == Track.DROPPED
                                                        ? Optional.of(Dropped.WEAK)
                                                        : Optional.empty(),
                                                "car",
                                                Optional.of(new Box(1, 2, 4, 6))))
                        .toList();
        return new TrackerScore("m", stream, frame, NOW.toEpochMilli(), seen, 4, 7, 0);
    }

    static StreamFrame frame(String stream, long frame, int detections) {
        List<Detection> all =
                LongStream.range(0, detections)
                        .mapToObj(d -> Detection.of(new byte[] {(byte) d, 1, 2}, 1))
                        .toList();
        return new StreamFrame("m", new VideoFrame(stream, frame, 0, all), false);
    }

    static TrackerMetrics metrics(long at, double idf1) {
        return new TrackerMetrics(
                "m",
                at,
                1,
                1,
                2,
                0,
                new TrackerMetrics.Counts(3, 4, 0, 5, 0, 0, 1, 0, 0, 6, 2),
                new TrackerMetrics.Identity(idf1, 1, 1, 1),
                2,
                0);
    }

    @Test
    void theNewestFrameOfEachStreamIsShownWithItsPicture() {
        board.picture(frame("a", 1, 2));
        board.score(score("b", 5, 3));
        board.score(score("a", 1, 3, Track.DROPPED));

        List<TrackerBoard.Scene> scenes = board.scenes("m");
        assertThat(scenes).extracting(scene -> scene.score().stream()).containsExactly("a", "b");
        assertThat(scenes.get(0).picture()).isPresent();
        assertThat(scenes.get(1).picture()).isEmpty();
        assertThat(board.lastScored()).contains(NOW);
        assertThat(board.detections()).isEqualTo(3);
    }

    @Test
    void whatComesAgainChangesNothing() {
        board.score(score("a", 2, 3));
        long revision = board.summary().revision();
        board.score(score("a", 2, 3));
        board.score(score("a", 1, 4));
        assertThat(board.summary().revision()).isEqualTo(revision);

        board.metrics(metrics(5, 0.5));
        board.metrics(metrics(5, 0.75));
        assertThat(board.newest()).singleElement().matches(m -> m.identity().idf1() == 0.5);
    }

    @Test
    void instancesAreListedByWhenTheyWereLastSeen() {
        board.score(score("a", 1, 3, 4));
        board.score(score("a", 2, 4, Track.DROPPED));

        assertThat(board.instances("m", 10))
                .extracting(one -> one.seen().track())
                .containsExactly(4L, 3L);
        assertThat(board.instances("m", 1)).hasSize(1);
        assertThat(board.instances("other", 10)).isEmpty();
    }

    @Test
    void everythingIsBounded() {
        for (int i = 0; i < 2000; i++) {
            board.picture(frame("s" + i, i, 1));
            board.score(score("s" + i, i, i));
            board.metrics(metrics(i, 0.5));
            board.deadLetter("reason " + i);
        }

        assertThat(board.scenes("m")).hasSize(TrackerBoard.MAX_STREAMS);
        assertThat(board.instances("m", 9999)).hasSize(TrackerBoard.MAX_INSTANCES);
        assertThat(board.history("m", 9999)).hasSize(TrackerBoard.MAX_POINTS);
        assertThat(board.summary().deadLetters()).hasSizeLessThanOrEqualTo(101);
    }
}
