// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.settings.Schema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MotionTest {
    private static final OnlineTracker.Settings COSINE =
            new OnlineTracker.Settings(
                    Match.COSINE, OnlineTracker.Pairing.HUNGARIAN, 0.5, 0.01, 0.01, 0.6, false);
    private static final OnlineTracker.Settings MOVING =
            Schema.with(
                    COSINE, "motion", new Motion.Settings(Motion.Model.CONSTANT_VELOCITY, 0.3, 1));

    private final MemoryBank bank =
            new MemoryBank(new BankSettings(2, BankSettings.Bounds.REFERENCE), "");
    private final MotionTable motions = new MotionTable("");

    @Test
    void twoThatLookAlikeAreToldApartByWhereTheyGo() {
        OnlineTracker tracker = new OnlineTracker(MOVING);
        for (int frame = 0; frame < 20; frame++) {
            track(tracker, frame, at(frame), at(300 - frame));
        }

        assertThat(track(tracker, 20, at(280), at(20))).containsExactly(1L, 0L);
    }

    @Test
    void whoLooksTheSameButIsFarAwayIsSomebodyElse() {
        OnlineTracker tracker = new OnlineTracker(MOVING);
        track(tracker, 0, at(0));
        track(tracker, 1, at(1));

        assertThat(track(tracker, 2, at(250))).containsExactly(1L);
        assertThat(track(new OnlineTracker(COSINE), 3, at(-250))).hasSize(1).doesNotContain(2L);
    }

    @Test
    void whatTheBankForgetsIsForgotten() {
        OnlineTracker tracker = new OnlineTracker(MOVING);
        track(tracker, 0, at(0), at(100));
        MemoryPartStore store = new MemoryPartStore();
        motions.flush(store);

        bank.forget(entry -> entry.id() == 0);
        motions.keep(bank);
        motions.flush(store);

        assertThat(store.parts("motion/")).containsOnlyKeys("motion/0000000000000001");
        assertThat(MotionTable.restored("", store).of(1)).isPresent();
    }

    @Test
    void aModelThatTracksByAppearanceAgainHasNoMotionLeft() {
        track(new OnlineTracker(MOVING), 0, at(0));
        MemoryPartStore store = new MemoryPartStore();
        motions.flush(store);

        track(new OnlineTracker(COSINE), 1, at(1));
        motions.flush(store);

        assertThat(store.parts("motion/")).isEmpty();
    }

    @Test
    void boxesBeyondAllNumbersAreNoMotion() {
        OnlineTracker tracker = new OnlineTracker(MOVING);
        Box huge = new Box(0, 0, 1e200, 1e200);
        track(tracker, 0, huge);

        assertThat(motions.of(0)).isEmpty();
        assertThat(track(tracker, 1, at(1))).containsExactly(0L);
        assertThat(track(tracker, Long.MAX_VALUE / 2, at(1))).hasSize(1);
    }

    private List<Long> track(OnlineTracker tracker, long frame, Box... boxes) {
        List<Detection> detections =
                List.of(boxes).stream()
                        .map(box -> Detection.of(new byte[0], 1).withBox(box))
                        .toList();
        double[] alike = new double[2 * boxes.length];
        for (int i = 0; i < boxes.length; i++) {
            alike[2 * i] = 1;
        }
        return tracker
                .track(bank, motions, Optional.empty(), BankSearch.EXACT, frame, detections, alike)
                .stream()
                .map(Track::id)
                .toList();
    }

    private static Box at(double x) {
        return Box.ofSides(x, 0, 20, 40);
    }
}
