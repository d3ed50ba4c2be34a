// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.state.bank.BankSettings;
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

    private static void refused(String field, Object value, String message) {
        refused(() -> DEFAULT.with(field, value), message);
    }

    @Test
    void theDefaultsAreTheAuthors() {
        TrackingSettings settings = DEFAULT.trackingSettings();

        assertThat(settings.tracker()).isEqualTo(OnlineTracker.Settings.REFERENCE);
        assertThat(settings.bank()).isEqualTo(BankSettings.Bounds.REFERENCE);
        assertThat(settings.learning()).isEqualTo(TrackingSettings.Learning.REFERENCE);
        assertThat(DEFAULT.input().bytes()).isEqualTo(3 * 32 * 32);
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        refused(
                "input.features",
                -1,
                "input.features: -1 is not allowed; it must be between 0 and 65536");
        refused("input.crop.channels", 2, "crop.channels: 2 is not allowed");
        refused("input.crop.height", 0, "crop.height: 0");
        refused("input.crop.width", 513, "crop.width: 513");
        refused("ordering.lateness", Duration.ofSeconds(-1), "ordering.lateness");
        refused(
                () -> new TrackerSettings.Ordering(Duration.ofSeconds(5), Duration.ofSeconds(4), 4),
                "idle: 4 s is not allowed; it must be 0, or at least ordering.lateness (5 s)");
        refused("ordering.frames", 0, "ordering.frames: 0");
        refused("evaluation.window", 0, "evaluation.window: 0");
        refused("evaluation.identities", 0, "evaluation.identities: 0");
        refused("evaluation.every", Duration.ZERO, "evaluation.every");
        refused("pseudo-clips.least-area", 0.0, "pseudo-clips.least-area: 0.0");
        refused("pseudo-clips.noise", -1.0, "pseudo-clips.noise: -1.0");
    }

    @Test
    void aThresholdOutOfRangeIsRefusedByName() {
        refused(
                "association.match-threshold",
                1.5,
                "association.match-threshold: 1.5 is not allowed; it must be between -1 and 1");
        refused("association.birth-threshold", Double.NaN, "association.birth-threshold: NaN");
    }

    @Test
    void batchesThatWouldNotFitAreRefused() {
        refused(
                "bounds",
                new TrackingSettings.Bounds(64, 10_000),
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
        return DEFAULT.with("search", search)
                .with("bounds.detections", Math.min(detections, 32))
                .with("bank.instances", instances)
                .with("bounds.detections", detections);
    }
}
