// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.part.MemoryPartStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrackJudgeTest {
    private static final TrackerSettings.Evaluation SETTINGS =
            new TrackerSettings.Evaluation(3, 2, Duration.ofSeconds(1), false);

    private final TrackJudge judge = new TrackJudge("p/", SETTINGS);

    /** Judges a frame; each word is an identity, a colon and a track. */
    private TrackJudge.Verdict judge(long frame, String... words) {
        List<Detection> detections = new ArrayList<>();
        List<Track> tracks = new ArrayList<>();
        for (String word : words) {
            int colon = word.indexOf(':');
            detections.add(Detection.of(new float[1], 0.5).withIdentity(word.substring(0, colon)));
            long track = Long.parseLong(word.substring(colon + 1));
            tracks.add(new Track(track, OptionalDouble.empty(), false, 1));
        }
        return judge.judge(new VideoFrame("s", frame, frame, detections), tracks);
    }

    @Test
    void anIdentityThatGetsAnotherTrackIsASwitch() {
        assertThat(judge(1, "a:1", "b:2")).isEqualTo(new TrackJudge.Verdict(2, 0));
        assertThat(judge(2, "a:2", "b:1")).isEqualTo(new TrackJudge.Verdict(2, 2));
        assertThat(judge(3, "a:-1")).isEqualTo(new TrackJudge.Verdict(1, 0));
        assertThat(judge(4, "a:2")).isEqualTo(new TrackJudge.Verdict(1, 0));
    }

    @Test
    void theIdentityUnseenForLongestIsForgottenFirst() {
        judge(1, "a:1");
        judge(2, "b:2");
        judge(3, "a:1");
        judge(4, "c:3");

        assertThat(judge(5, "a:9").switches()).isEqualTo(1);
        assertThat(judge(6, "b:9").switches()).isZero();
    }

    @Test
    void detectionsWithoutIdentityAreLeftOut() {
        assertThat(judge(1, ":1", "a:2")).isEqualTo(new TrackJudge.Verdict(1, 0));
        assertThat(judge.figures().identity().truePositives()).isEqualTo(1);
        assertThat(judge.figures().identity().falsePositives()).isZero();
    }

    @Test
    void figuresAreThoseOfTheNewestFrames() {
        judge(1, "a:7");
        judge(2, "a:1", "b:2");
        judge(3, "a:1", "b:2");
        judge(4, "a:2", "b:-1");

        TrackJudge.Figures figures = judge.figures();
        // a is 1 twice, b is 2 twice; a as 2 is wrong, b is missed once.
        assertThat(figures.identity().truePositives()).isEqualTo(4);
        assertThat(figures.identity().falseNegatives()).isEqualTo(2);
        assertThat(figures.identity().falsePositives()).isEqualTo(1);
        assertThat(figures.hits()).isEqualTo(5);
        // a-1: 2 of 3; b-2: 2 of (3 + 3 - 2); a-2: 1 of (3 + 3 - 1).
        assertThat(figures.association())
                .isCloseTo((2 * 2 / 3.0 + 2 * 2 / 4.0 + 1 / 5.0) / 5, within(1e-12));
    }

    @Test
    void manyIdentitiesShortenTheWindow() {
        TrackJudge wide =
                new TrackJudge(
                        "p/",
                        new TrackerSettings.Evaluation(1000, 2, Duration.ofSeconds(1), false));
        for (int n = 0; n < 900; n++) {
            Detection one = Detection.of(new float[1], 0.5).withIdentity("i" + n);
            wide.judge(
                    new VideoFrame("s", n, n, List.of(one)),
                    List.of(new Track(n, OptionalDouble.empty(), true, 1)));
        }

        assertThat(wide.figures().hits()).isEqualTo(256);
    }

    @Test
    void restoredItJudgesAsBefore() {
        judge(1, "a:1");
        judge(2, "b:2");
        MemoryPartStore store = new MemoryPartStore();
        judge.flush(store);
        judge(3, "c:3");
        judge(4, "b:4");
        judge.flush(store);
        TrackJudge restored = TrackJudge.restored("p/", SETTINGS, store);

        assertThat(restored.figures()).isEqualTo(judge.figures());
        assertThat(restored.bytes()).isEqualTo(judge.bytes());
        assertThat(store.names("p/judged/")).hasSize(3);
    }

    @Test
    void framesBeforeAMomentAreForgotten() {
        judge(1, "a:1");
        judge(2, "a:1");
        MemoryPartStore store = new MemoryPartStore();
        judge.flush(store);
        judge.forgetBefore(2);
        judge.flush(store);

        assertThat(judge.figures().hits()).isEqualTo(1);
        assertThat(store.names("p/judged/")).hasSize(1);
    }
}
