// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.tracker.ctvis.OnlineTracker.Pairing;
import dev.kedge.operators.tracker.ctvis.OnlineTracker.Settings;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.settings.Schema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Corners of the rules that the golden runs do not reach. */
class OnlineTrackerTest {
    private static final double[] EAST = {3, 0};
    private static final double[] NORTH = {0, 3};

    private final MemoryBank bank =
            new MemoryBank(
                    new BankSettings(
                            2, Schema.with(BankSettings.Bounds.REFERENCE, "instances", 10)),
                    "");
    private final OnlineTracker tracker = new OnlineTracker(Settings.REFERENCE);

    @Test
    void ofWeakDetectionsAloneTheBestIsMatchedButBearsNoInstance() {
        assertThat(ids(track(0, new double[] {0.005, 0.01}, EAST, NORTH)))
                .containsExactly(-1L, -1L);
        assertThat(bank.size()).isZero();
        track(1, new double[] {0.9, 0.8}, EAST, NORTH);
        List<Track> weak = track(2, new double[] {0.005, 0.01}, EAST, NORTH);

        assertThat(ids(weak)).containsExactly(-1L, 1L);
        assertThat(weak.get(1).sightings()).isEqualTo(2);
        assertThat(weak.get(0).dropped()).isTrue();
    }

    @Test
    void ofEqualScoresTheFirstDetectionComesFirst() {
        assertThat(ids(track(0, new double[] {0.5, 0.5}, NORTH, EAST))).containsExactly(0L, 1L);
    }

    @Test
    void theSimilarityIsTheMatchScoreBeforeSightingsWeigh() {
        track(0, new double[] {0.9, 0.8}, EAST, NORTH);
        track(1, new double[] {0.9, 0.8}, EAST, NORTH);
        Track again = track(2, new double[] {0.9}, EAST).get(0);
        // One detection: the softmax over detections is 1.
        double overEntries = 1 / (1 + Math.exp(-9));

        assertThat(again.similarity().orElseThrow())
                .isCloseTo((overEntries + 1) / 2, within(1e-12));
        assertThat(again.isNew()).isFalse();
        assertThat(again.sightings()).isEqualTo(3);
    }

    @Test
    void anEntrySeenMoreOftenIsPreferredOnlyWhereSightingsWeigh() {
        OnlineTracker plain =
                new OnlineTracker(
                        new Settings(Match.COSINE, Pairing.GREEDY, 0.2, 0.01, 0.01, 0.6, false));
        OnlineTracker weighing =
                new OnlineTracker(
                        new Settings(Match.COSINE, Pairing.GREEDY, 0.2, 0.01, 0.01, 0.6, true));
        for (OnlineTracker each : List.of(plain, weighing)) {
            MemoryBank own =
                    new MemoryBank(
                            new BankSettings(
                                    2, Schema.with(BankSettings.Bounds.REFERENCE, "instances", 10)),
                            "");
            own.add(0, EAST, 0, 1, "");
            own.see(0, 1, EAST, 0, 1, "");
            own.add(1, NORTH, 0, 1, "");
            double[] ratherNorth = {1, 1.5};
            List<Track> tracks =
                    each.track(own, 2, List.of(Detection.of(new byte[0], 1)), ratherNorth);

            assertThat(tracks.get(0).id()).isEqualTo(each == plain ? 1 : 0);
        }
    }

    @Test
    void aDuplicateOfADuplicateIsKeptIfTheStrongestIsFarFromIt() {
        List<Detection> row =
                List.of(
                        Detection.of(new byte[0], 0.9).withBox(new Box(0, 0, 10, 10)),
                        Detection.of(new byte[0], 0.8).withBox(new Box(2, 0, 12, 10)),
                        Detection.of(new byte[0], 0.7).withBox(new Box(4, 0, 14, 10)));
        List<Track> tracks = tracker.track(bank, 0, row, new double[] {1, 0, 0, 1, 1, 1});

        assertThat(ids(tracks)).containsExactly(0L, -1L, 1L);
    }

    @Test
    void theClassOfADetectionIsKept() {
        tracker.track(
                bank,
                0,
                List.of(Detection.of(new byte[0], 0.9).withLabel("car").withIdentity("x")),
                EAST);

        assertThat(bank.get(0).label()).isEqualTo("car");
    }

    @Test
    void boxesOverlapByIntersectionOverUnion() {
        Box box = new Box(0, 0, 4, 2);

        assertThat(box.overlap(new Box(2, 0, 6, 2))).isEqualTo(1.0 / 3);
        assertThat(box.overlap(box)).isEqualTo(1);
        assertThat(box.overlap(new Box(5, 5, 6, 6))).isZero();
        assertThat(new Box(1, 1, 1, 1).overlap(new Box(1, 1, 1, 1))).isZero();
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Box(2, 0, 1, 1))
                .withMessageContaining("box: [2.0, 0.0, 1.0, 1.0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Detection.of(new float[1], Double.NaN))
                .withMessageContaining("detection.score: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new OnlineTracker(
                                        new Settings(
                                                Match.COSINE,
                                                Pairing.GREEDY,
                                                1.5,
                                                0.01,
                                                0.01,
                                                0.6,
                                                true)))
                .withMessageContaining("match-threshold: 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new OnlineTracker(
                                        new Settings(
                                                Match.COSINE,
                                                Pairing.GREEDY,
                                                0.5,
                                                0,
                                                -1,
                                                0.6,
                                                true)))
                .withMessageContaining("birth-threshold: -1.0");
    }

    private List<Track> track(long frame, double[] scores, double[]... embeddings) {
        List<Detection> detections =
                Arrays.stream(scores).mapToObj(s -> Detection.of(new byte[0], s)).toList();
        return tracker.track(
                bank,
                frame,
                detections,
                Arrays.stream(embeddings).flatMapToDouble(Arrays::stream).toArray());
    }

    private static List<Long> ids(List<Track> tracks) {
        return tracks.stream().map(Track::id).toList();
    }
}
