// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static dev.kedge.operators.tracker.Camera.START;
import static dev.kedge.operators.tracker.Camera.holds;
import static dev.kedge.operators.tracker.Camera.last;
import static dev.kedge.operators.tracker.Camera.shows;
import static dev.kedge.operators.tracker.Camera.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.stream.Command.Verb;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.ReadOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrackerModelTest {
    private static final BankSettings.Bounds SMALL =
            new BankSettings.Bounds(3, 10, 2, ReadOut.SIMILARITY_GUIDED, 0.75);

    private final List<Camera> cameras = new ArrayList<>();

    private Camera camera() {
        return camera(Camera.withoutHead());
    }

    private Camera camera(TrackerSettings settings) {
        Camera camera = new Camera(settings);
        cameras.add(camera);
        return camera;
    }

    /** Frames are tracked the moment they come. */
    private Camera prompt() {
        return camera(
                Camera.with(
                        new TrackerSettings.Ordering(Duration.ZERO, Duration.ZERO, 4),
                        0,
                        BankSettings.Bounds.REFERENCE));
    }

    @AfterEach
    void close() throws Exception {
        for (Camera camera : cameras) {
            camera.close();
        }
    }

    // ---- order ----

    @Test
    void framesAreTrackedInTheOrderOfTheirTimes() {
        Camera camera = camera().send(shows(1, 0), shows(3, 0), shows(2, 0), shows(5, 0));

        assertThat(camera.frames()).containsExactly(1L, 2L, 3L);
        assertThat(camera.refused).isEmpty();
    }

    @Test
    void whoComesInOrderAndWhoDoesNotEndWithTheSameTracks() {
        Camera sorted = camera();
        Camera shuffled = camera();
        for (long n = 1; n <= 30; n += 2) {
            sorted.send(shows(n, (int) n % 3, 3), shows(n + 1, (int) n % 3));
            shuffled.send(shows(n + 1, (int) n % 3), shows(n, (int) n % 3, 3));
        }
        sorted.send(last(shows(40, 1)));
        shuffled.send(last(shows(40, 1)));

        assertThat(shuffled.scores).isEqualTo(sorted.scores).hasSize(31);
    }

    @Test
    void withoutLatenessAFrameIsTrackedTheMomentItComes() {
        Camera camera = prompt().send(shows(1, 0));

        assertThat(camera.frames()).containsExactly(1L);
    }

    @Test
    void aFrameFromBeforeWhatWasTrackedIsLate() {
        Camera camera = camera().send(shows(1, 0), shows(5, 0), shows(2, 0));

        assertThat(camera.refusal().reason()).isEqualTo(Reason.LATE);
        assertThat(camera.refusal().message())
                .contains("stream 'door'", "ordering.lateness 2 s", "2023-11-14T22:13:22Z");
        assertThat(camera.refusal().original()).containsExactly(2);
        assertThat(camera.frames()).containsExactly(1L);
    }

    @Test
    void streamsHaveClocksOfTheirOwn() {
        Camera camera = camera().send(shows("a", 1, START + 60_000, 0), shows("b", 1, START, 0));

        assertThat(camera.refused).isEmpty();
    }

    @Test
    void theLastFrameLetsNothingWait() {
        Camera camera = camera().send(shows(1, 0), shows(2, 0), last(shows(3, 0)));

        assertThat(camera.frames()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aSilentStreamComesOutByTheClockOfTheOthers() {
        Camera camera = camera().send(shows("a", 1, START, 0), shows("b", 1, START + 7000, 0));
        assertThat(camera.scores).isEmpty();

        camera.send(shows("b", 2, START + 8000, 0));

        assertThat(camera.scores).singleElement().matches(score -> score.stream().equals("a"));
    }

    @Test
    void aFullWaitingRoomLetsTheOldestGo() {
        Camera camera = camera();
        for (long n = 1; n <= 5; n++) {
            camera.send(shows("a", n, START + n, 0));
        }
        assertThat(camera.frames()).containsExactly(1L);

        camera.send(shows("a", 0, START, 0));
        assertThat(camera.refusal().reason()).isEqualTo(Reason.LATE);
    }

    @Test
    void aStreamThatGivesWayIsTrackedFirst() {
        Camera camera =
                camera().send(
                                shows("a", 1, START, 0),
                                shows("b", 1, START, 0),
                                shows("c", 1, START, 0));
        assertThat(camera.scores).isEmpty();

        camera.send(shows("d", 1, START, 0));

        assertThat(camera.scores).singleElement().matches(score -> score.stream().equals("a"));
    }

    // ---- bad input ----

    @Test
    void aFrameThatCameAlreadyIsCountedOnce() {
        Camera camera = prompt().send(shows(1, 0), shows(1, 0));
        assertThat(camera.refused).isEmpty();
        assertThat(camera.scores).hasSize(1);

        Camera waiting = camera().send(shows(1, 0), shows(1, 0), last(shows(2, 0)));
        assertThat(waiting.refused).isEmpty();
        assertThat(waiting.frames()).containsExactly(1L, 2L);
    }

    @Test
    void aFrameNumberThatGoesBackIsInvalid() {
        Camera camera = prompt().send(shows("door", 5, START, 0), shows("door", 4, START + 9, 0));

        assertThat(camera.refusal().reason()).isEqualTo(Reason.INVALID);
        assertThat(camera.refusal().message())
                .isEqualTo("frame: 4 of stream 'door' comes after frame 5");
    }

    @Test
    void aFrameNumberThatGoesBackWhileItWaitsIsInvalidWhenItsTurnComes() {
        Camera camera =
                camera().send(
                                shows("door", 5, START, 0),
                                shows("door", 4, START + 9, 0),
                                last(shows("door", 6, START + 10, 0)));

        assertThat(camera.frames()).containsExactly(5L, 6L);
        assertThat(camera.refusal().reason()).isEqualTo(Reason.INVALID);
        assertThat(camera.refusal().original()).containsExactly(1);
    }

    @Test
    void aFrameNumberThatWaitsWithAnotherTimeIsInvalid() {
        Camera camera = camera().send(shows("door", 5, START, 0), shows("door", 5, START + 9, 0));

        assertThat(camera.refusal().message()).contains("came already, with another time");
    }

    @Test
    void tooManyDetectionsAreOverCapacity() {
        Camera camera = prompt().send(shows(1, 0, 1, 2, 3, 0, 1));

        assertThat(camera.refusal().reason()).isEqualTo(Reason.OVER_CAPACITY);
        assertThat(camera.refusal().message())
                .isEqualTo("detections: 6, bounds.detections allows 5");
    }

    @Test
    void aDetectionOfAnotherWidthIsInvalid() {
        Camera camera = prompt().send(holds(1, thing(0), Detection.of(new float[3], 0.5)));

        assertThat(camera.refusal().reason()).isEqualTo(Reason.INVALID);
        assertThat(camera.refusal().message())
                .isEqualTo("detections[1]: 12 bytes, the job's input has 16");
    }

    @Test
    void aDetectionThatIsNotANumberIsInvalid() {
        Camera camera =
                prompt().send(holds(1, Detection.of(new float[] {1, 2, Float.NaN, 4}, 0.5)));

        assertThat(camera.refusal().message())
                .isEqualTo("detections[0]: a value is not a finite number");
    }

    @Test
    void aNegativeFrameNumberIsInvalid() {
        Camera camera = prompt().send(shows("door", -1, START, 0));

        assertThat(camera.refusal().message()).isEqualTo("frame: -1, it must be at least 0");
    }

    @Test
    void aFrameFromTheFutureIsRefusedAndMovesNoClock() {
        Camera camera = camera().send(shows(1, 0));
        camera.sendProduced(shows("door", 9, START + 7_200_000, 0), START + 3_599_999);

        assertThat(camera.refusal().reason()).isEqualTo(Reason.FUTURE);
        assertThat(camera.scores).isEmpty();
    }

    // ---- scores ----

    @Test
    void aDetectionThatComesBackHasTheTrackThatItHad() {
        Camera camera = prompt().send(shows(1, 0, 1, 2), shows(2, 1), shows(3, 2, 0));

        assertThat(camera.tracks()).containsExactly(2L, 0L);
        TrackerScore.Seen back = camera.scores.get(2).detections().get(1);
        assertThat(back.isNew()).isFalse();
        assertThat(back.sightings()).isEqualTo(2);
        assertThat(back.similarity()).isGreaterThan(0.9);
        assertThat(camera.scores.get(0).detections()).allMatch(TrackerScore.Seen::isNew);
        assertThat(camera.scores.get(2).bankSize()).isEqualTo(3);
    }

    @Test
    void whoeverHasNoTrackIsToldWhy() {
        Box box = new Box(0, 0, 10, 10);
        float[] one = {6, 0, 0, 0};
        float[] other = {0, 6, 0, 0};
        Camera camera =
                prompt().send(
                                holds(
                                        1,
                                        Detection.of(one, 0.9).withBox(box),
                                        Detection.of(one, 0.8).withBox(box),
                                        Detection.of(other, 0.005)));

        assertThat(camera.scores.get(0).detections())
                .extracting(TrackerScore.Seen::dropped)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(TrackerScore.Dropped.DUPLICATE),
                        Optional.of(TrackerScore.Dropped.WEAK));
        // The only one of its frame is matched however weak it is, but begins nothing.
        camera.send(holds(9, Detection.of(new float[4], 0.005)));
        assertThat(camera.scores.get(1).detections().get(0).dropped())
                .isEqualTo(Optional.of(TrackerScore.Dropped.UNMATCHED));
    }

    @Test
    void aFrameWithoutDetectionsIsScoredToo() {
        Camera camera = prompt().send(shows(1));

        assertThat(camera.scores.get(0).detections()).isEmpty();
    }

    // ---- metrics ----

    @Test
    void metricsAreThoseWorkedByHand() {
        Camera camera =
                camera(
                        Camera.with(
                                new TrackerSettings.Ordering(Duration.ZERO, Duration.ZERO, 4),
                                0,
                                SMALL));
        camera.send(
                shows(0, 0, 1),
                shows(1, 1),
                // Thing 0 is found again; thing 2 is new.
                shows(2, 0, 2),
                shows(3, 2),
                shows(4, 2),
                // Thing 1 was last seen at 1, thing 0 at 2: both are dead by now.
                shows(5, 2),
                shows(6, 0),
                shows(10, 0));

        TrackerMetrics told = camera.metrics.get(0);
        assertThat(told.counts().frames()).isEqualTo(8);
        assertThat(told.counts().detections()).isEqualTo(10);
        // Things 0, 1 and 2, and at frame 6 thing 0 anew; only at frame 2 it is found again.
        assertThat(told.counts().births()).isEqualTo(4);
        assertThat(told.counts().reidentified()).isEqualTo(1);
        assertThat(told.counts().deaths()).isEqualTo(3);
        assertThat(told.instances()).isEqualTo(1);
        assertThat(told.counts().judged()).isEqualTo(10);
        assertThat(told.counts().switches()).isEqualTo(1);
        // Thing 0 has track 0 twice and another track twice; the others have one each: 8 of 10.
        assertThat(told.identity().idf1()).isCloseTo(0.8, within(1e-12));
        // 4 of 10 pairs have 2 of 4 in common, the others all: (4 * 0.5 + 6) / 10.
        assertThat(told.identity().association()).isCloseTo(0.8, within(1e-12));
        assertThat(told.loss()).isNaN();
        assertThat(told.streams()).isEqualTo(1);
    }

    @Test
    void withoutIdentitiesNothingIsJudged() {
        Detection plain = thing(0).withIdentity("");
        Camera camera = prompt().send(holds(0, plain), holds(10, plain));

        assertThat(camera.metrics.get(0).identity().idf1()).isNaN();
        assertThat(camera.metrics.get(0).identity().association()).isNaN();
        assertThat(camera.metrics.get(0).counts().judged()).isZero();
    }

    @Test
    void identitiesThatOnlyJudgeTeachNothing() {
        TrackerSettings settings = Camera.SETTINGS;
        TrackerSettings judging =
                Camera.with(
                        settings.ordering(),
                        settings.head().embedding(),
                        settings.bank(),
                        new TrackerSettings.Evaluation(50, 20, Duration.ofSeconds(10), true));
        Camera told = camera(judging);
        Camera untold = camera(settings);
        for (long n = 1; n <= 20; n++) {
            told.send(last(holds(n, thing(0), thing(1))));
            untold.send(last(holds(n, thing(0).withIdentity(""), thing(1).withIdentity(""))));
        }

        assertThat(told.metrics.get(0).counts().judged()).isPositive();
        assertThat(told.flush().store.get("learner/parameters").orElseThrow())
                .isEqualTo(untold.flush().store.get("learner/parameters").orElseThrow())
                .isNotEqualTo(parameters(camera(settings)));
    }

    // ---- commands ----

    @Test
    void aPausedModelTracksButDoesNotLearn() {
        Camera camera = camera(Camera.SETTINGS);
        camera.obey(Verb.PAUSE, "", 0, 0);
        camera.send(shows(1, 0, 1), shows(2, 0, 1), shows(3, 0, 1), last(shows(4, 0, 1)));
        assertThat(camera.scores).extracting(TrackerScore::modelVersion).containsOnly(0L);

        camera.obey(Verb.RESUME, "", 0, 0);
        camera.send(last(shows(5, 0, 1)), last(shows(6, 0, 1)));
        assertThat(camera.scores.get(5).modelVersion()).isEqualTo(1);
        assertThat(camera.scores.get(5).featureTime()).isEqualTo(START + 5000);
    }

    @Test
    void rateAndWeightsChangeWhatIsLearned() {
        byte[] plain = parameters(camera(Camera.SETTINGS));
        Camera slow = camera(Camera.SETTINGS);
        slow.obey(Verb.RATE, "", 1e-9, 0);
        Camera light = camera(Camera.SETTINGS);
        light.obey(Verb.WEIGHT, "auxiliary", 0, 0);
        Camera same = camera(Camera.SETTINGS);
        same.obey(Verb.RATE, "", 1, 0);
        same.obey(Verb.RATE, "", Double.NaN, 0);

        assertThat(parameters(slow)).isNotEqualTo(plain);
        assertThat(parameters(light)).isNotEqualTo(plain);
        assertThat(parameters(same)).isEqualTo(plain);
    }

    private static byte[] parameters(Camera camera) {
        for (long n = 1; n < 8; n++) {
            camera.send(last(shows(n, 0, 1)));
        }
        return camera.flush().store.get("learner/parameters").orElseThrow();
    }

    @Test
    void aForgottenStreamBeginsAnew() {
        Camera camera = camera().send(last(shows(1, 0, 1)), shows(2, 0));
        camera.obey(Verb.FORGET_STREAM, "door", 0, 0);
        camera.send(last(shows(1, 1)));

        assertThat(camera.frames()).containsExactly(1L, 1L);
        assertThat(camera.tracks()).containsExactly(0L);
        assertThat(camera.flush().store.names("feed/")).allMatch(name -> !name.contains("waiting"));
    }

    @Test
    void aForgottenTrackIsNotFoundAgainAndItsNumberNotGivenTwice() {
        Camera camera = prompt().send(shows(1, 0, 1));
        camera.obey(Verb.FORGET_TRACK, "door", 0, 0);
        camera.send(shows(2, 0, 1));

        assertThat(camera.tracks()).containsExactly(2L, 1L);
    }

    @Test
    void whatWasBeforeAMomentIsForgotten() {
        Camera camera = prompt().send(shows(1, 0, 1), shows(2, 1), shows(3, 1));
        camera.send(shows("gone", 1, START, 2));
        camera.obey(Verb.FORGET_BEFORE, "", 0, START + 2500);
        camera.send(shows(4, 0, 1), shows("gone", 1, START + 4000, 2));

        assertThat(camera.scores.get(4).detections())
                .extracting(TrackerScore.Seen::track)
                .containsExactly(2L, 1L);
        assertThat(camera.scores.get(5).frame()).isEqualTo(1);
    }

    // ---- state ----

    @Test
    void aModelRestoredAfterEveryFrameEndsTheSame() {
        Camera whole = camera(Camera.SETTINGS);
        Camera restored = camera(Camera.SETTINGS);
        SplittableRandom random = new SplittableRandom(5);
        for (long n = 1; n <= 120; n++) {
            long late = random.nextInt(3) * 1000L;
            String stream = "s" + random.nextInt(4);
            StreamFrame frame =
                    shows(
                            stream,
                            n,
                            START + 1000 * n - late,
                            random.nextInt(2),
                            2 + random.nextInt(2));
            whole.send(frame);
            restored.send(frame).restart();
        }

        assertThat(restored.scores).isEqualTo(whole.scores);
        assertThat(restored.metrics).isEqualTo(whole.metrics).isNotEmpty();
        assertThat(restored.refused).hasSameSizeAs(whole.refused);
        assertThat(restored.flush().store.names("")).isEqualTo(whole.flush().store.names(""));
        for (String part : whole.store.names("")) {
            assertThat(restored.store.get(part).orElseThrow())
                    .as(part)
                    .isEqualTo(whole.store.get(part).orElseThrow());
        }
    }

    @Test
    void whatIsRememberedIsBounded() {
        Camera camera = camera(Camera.SETTINGS);
        SplittableRandom random = new SplittableRandom(5);
        for (long n = 1; n <= 3000; n++) {
            String stream = "s" + random.nextInt(n % 100 == 0 ? 9 : 3);
            camera.send(shows(stream, n, START + 100 * n, random.nextInt(4)));
        }

        // 3 streams of at most 4 waiting, 50 judged and 10 learned frames and 4 things.
        assertThat(camera.flush().store.names("")).hasSizeBetween(100, 240);
        assertThat(camera.bytes()).isLessThan(4 << 20);
    }
}
