// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.ctvis.OnlineTracker;
import dev.kedge.operators.ctvis.TrackingSettings;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TrackerSettingsTest {
    private static final TrackerSettings DEFAULT = TrackerSettings.DEFAULT;

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theDefaultsAreTheAuthors() {
        DEFAULT.check();
        TrackingSettings settings = DEFAULT.trackingSettings();

        assertThat(settings.tracker()).isEqualTo(OnlineTracker.Settings.REFERENCE);
        assertThat(settings.bank()).isEqualTo(TrackingSettings.Bank.REFERENCE);
        assertThat(settings.learning()).isEqualTo(TrackingSettings.Learning.REFERENCE);
        assertThat(DEFAULT.input().bytes()).isEqualTo(3 * 32 * 32);
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        refused(
                () -> new TrackerSettings.Input(-1, DEFAULT.input().crop()),
                "input.features: -1 is not allowed; it must be between 0 (crops) and 65536");
        refused(() -> new TrackerSettings.Crop(2, 32, 32), "crop.channels: 2 is not allowed");
        refused(() -> new TrackerSettings.Crop(3, 0, 32), "crop.height: 0");
        refused(() -> new TrackerSettings.Crop(3, 32, 513), "crop.width: 513");
        refused(
                () -> new TrackerSettings.Ordering(Duration.ofSeconds(-1), Duration.ZERO, 4),
                "ordering.lateness");
        refused(
                () -> new TrackerSettings.Ordering(Duration.ofSeconds(5), Duration.ofSeconds(4), 4),
                "ordering.idle: PT4S is not allowed; it must be 0, or at least ordering.lateness (PT5S)");
        refused(
                () -> new TrackerSettings.Ordering(Duration.ZERO, Duration.ZERO, 0),
                "ordering.frames: 0");
        refused(
                () -> new TrackerSettings.Evaluation(0, 5, Duration.ofSeconds(1), false),
                "evaluation.window: 0");
        refused(
                () -> new TrackerSettings.Evaluation(1, 0, Duration.ofSeconds(1), false),
                "evaluation.identities: 0");
        refused(
                () -> new TrackerSettings.Evaluation(1, 1, Duration.ZERO, false),
                "evaluation.every");
        refused(
                () -> new TrackerSettings.Moves(15, 0, 1, 0, 0, 0.5, 0, 0),
                "pseudo-clips.least-area: 0.0");
        refused(
                () -> new TrackerSettings.Moves(15, 0.5, 1, 0, 0, 0.5, -1, 0),
                "pseudo-clips.noise: -1.0");
    }

    @Test
    void aThresholdOutOfRangeIsRefusedByName() {
        TrackerSettings.Association good = TrackerSettings.Association.REFERENCE;
        refused(
                () ->
                        new TrackerSettings.Association(
                                good.match(), good.pairing(), 1.5, 0, 0, 0, true),
                "association.match-threshold: 1.5 is not allowed; it must be between -1 and 1");
        refused(
                () ->
                        new TrackerSettings.Association(
                                good.match(), good.pairing(), 0.2, 0, Double.NaN, 0, true),
                "association.birth-threshold: NaN");
    }

    @Test
    void batchesThatWouldNotFitAreRefused() {
        refused(
                () ->
                        new TrackerSettings(
                                DEFAULT.input(),
                                DEFAULT.encoder(),
                                64,
                                DEFAULT.bank(),
                                DEFAULT.association(),
                                DEFAULT.learning(),
                                DEFAULT.pseudoClips(),
                                DEFAULT.optimiser(),
                                DEFAULT.search(),
                                new TrackingSettings.Bounds(64, 10_000),
                                DEFAULT.ordering(),
                                DEFAULT.ahead(),
                                DEFAULT.evaluation(),
                                1),
                "bounds.detections: 10000 is not allowed; it must be between 1 and 1024");
    }

    @Test
    void aFrameIsComparedWithBoundedlyManyInstances() {
        TrackingSettings.Search search = new TrackingSettings.Search(1000, 64, 0.25);

        assertThat(bounded(4096, TrackingSettings.Search.EXACT, 1024).bank().instances())
                .isEqualTo(4096);
        refused(
                () -> bounded(4097, TrackingSettings.Search.EXACT, 1024),
                "bank.instances: 4097 is not allowed; it must be such that a frame's"
                        + " bounds.detections (1024) are compared with at most 4096 instances");
        refused(
                () -> bounded(Integer.MAX_VALUE, TrackingSettings.Search.EXACT, 1),
                "at most 4194304 instances");
        assertThat(bounded(400_000, search, 32).search()).isEqualTo(search);
        refused(() -> bounded(600_000, search, 32), "bank.instances: 600000");
    }

    private static TrackerSettings bounded(
            int instances, TrackingSettings.Search search, int detections) {
        TrackingSettings.Bank bank = DEFAULT.bank();
        return new TrackerSettings(
                DEFAULT.input(),
                DEFAULT.encoder(),
                DEFAULT.embedding(),
                new TrackingSettings.Bank(
                        instances,
                        bank.history(),
                        bank.deadFrames(),
                        bank.readOut(),
                        bank.momentum()),
                DEFAULT.association(),
                DEFAULT.learning(),
                DEFAULT.pseudoClips(),
                DEFAULT.optimiser(),
                search,
                new TrackingSettings.Bounds(64, detections),
                DEFAULT.ordering(),
                DEFAULT.ahead(),
                DEFAULT.evaluation(),
                DEFAULT.seed());
    }
}
