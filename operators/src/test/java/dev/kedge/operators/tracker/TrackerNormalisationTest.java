// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.Contract;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.TrackingLearner;
import dev.kedge.operators.tracker.ctvis.TrackingModel;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.MemoryPartStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the crops of a model are made of, and that a model keeps to it. */
class TrackerNormalisationTest {
    private static final String CONTRACT = "contract";
    private static final TrackerSettings.Ordering PROMPT =
            new TrackerSettings.Ordering(Duration.ZERO, Duration.ZERO, 4);

    /** Two bright patterns: alike as they come, opposites once their mean is gone. */
    private static final Detection UPPER = crop(200, 200, 100, 100);

    private static final Detection LOWER = crop(100, 100, 200, 200);

    private static Detection crop(int... pixels) {
        byte[] crop = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            crop[i] = (byte) pixels[i];
        }
        return Detection.of(crop, 0.9);
    }

    /** Crops of 2 x 2 grey pixels that are the embedding themselves. */
    private static TrackerSettings settings(InputNormalisation normalisation) {
        return Camera.withoutHead()
                .with("input", new TrackerSettings.Input(0, new ImageShape(1, 2, 2), normalisation))
                .with("ordering", PROMPT);
    }

    /** Whether the two patterns are taken for one thing; begins a model, or goes on with one. */
    private static boolean takesBothForOne(
            InputNormalisation normalisation, MemoryPartStore store, long frame) throws Exception {
        try (Camera camera = new Camera(settings(normalisation), store)) {
            camera.send(Camera.holds(frame, UPPER), Camera.holds(frame + 1, LOWER)).flush();
            return camera.scores.get(0).detections().get(0).track()
                    == camera.scores.get(1).detections().get(0).track();
        }
    }

    /** What a model was learned under before there was this setting. */
    private static void forgetNormalisation(MemoryPartStore store) {
        TreeMap<String, String> terms = new TreeMap<>(Contract.stored(store).orElseThrow());
        terms.remove("input.normalisation");
        new Contract(terms, Set.of()).flush(store);
    }

    @Test
    void aNewModelCentresItsCrops() throws Exception {
        assertThat(takesBothForOne(InputNormalisation.AUTO, new MemoryPartStore(), 1)).isFalse();
        assertThat(takesBothForOne(InputNormalisation.STANDARDISE, new MemoryPartStore(), 1))
                .isFalse();
        assertThat(takesBothForOne(InputNormalisation.CENTRE, new MemoryPartStore(), 1)).isFalse();
        assertThat(takesBothForOne(InputNormalisation.NONE, new MemoryPartStore(), 1)).isTrue();
    }

    @Test
    void aModelFromBeforeTheSettingGoesOnWithItsCropsAsTheyAre() throws Exception {
        MemoryPartStore store = new MemoryPartStore();
        takesBothForOne(InputNormalisation.NONE, store, 1);
        forgetNormalisation(store);
        byte[] before = store.get(CONTRACT).orElseThrow();

        assertThat(takesBothForOne(InputNormalisation.AUTO, store, 50)).isTrue();
        assertThat(takesBothForOne(InputNormalisation.NONE, store, 100)).isTrue();
        assertThat(store.get(CONTRACT).orElseThrow()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "CENTRE", "STANDARDISE"})
    void aModelGoesOnAsItBeganWhereTheSettingsLeaveItOpen(InputNormalisation began)
            throws Exception {
        MemoryPartStore store = new MemoryPartStore();
        takesBothForOne(began, store, 1);

        takesBothForOne(InputNormalisation.AUTO, store, 50);

        assertThat(Contract.stored(store).orElseThrow())
                .containsEntry("input.normalisation", began.toString());
        assertThat(takesBothForOne(began, store, 100)).isEqualTo(began == InputNormalisation.NONE);
    }

    @Test
    void aChangedNormalisationIsRefusedByName() throws Exception {
        MemoryPartStore store = new MemoryPartStore();
        takesBothForOne(InputNormalisation.CENTRE, store, 1);
        refuses(store, InputNormalisation.NONE, "learned with CENTRE, the job has NONE");
        refuses(store, InputNormalisation.STANDARDISE, "learned with CENTRE");

        forgetNormalisation(store);
        refuses(store, InputNormalisation.CENTRE, "learned with NONE, the job has CENTRE");
    }

    private static void refuses(
            MemoryPartStore store, InputNormalisation normalisation, String message) {
        assertThatThrownBy(() -> takesBothForOne(normalisation, store, 50))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessageContaining("input.normalisation: the model was " + message);
    }

    @Test
    void modelsOfOneTaskAreEachNormalisedTheirOwnWay() {
        TrackerSettings settings = settings(InputNormalisation.AUTO);
        try (TrackingLearner learner =
                new TrackingLearner(
                        settings.trackingSettings(),
                        settings.encoderFactory(),
                        settings.optimiser().make(),
                        settings.clips())) {
            TrackingModel old = learner.load("old", new MemoryPartStore(), InputNormalisation.NONE);
            TrackingModel fresh = learner.load("fresh", new MemoryPartStore());

            for (int turn = 0; turn < 2; turn++) {
                assertThat(Arrays.copyOf(old.embed(List.of(UPPER)), 4))
                        .containsExactly(
                                new double[] {200 / 255.0, 200 / 255.0, 100 / 255.0, 100 / 255.0},
                                within(1e-6));
                assertThat(Arrays.copyOf(fresh.embed(List.of(UPPER)), 4))
                        .containsExactly(
                                new double[] {50 / 255.0, 50 / 255.0, -50 / 255.0, -50 / 255.0},
                                within(1e-6));
            }
        }
    }

    @Test
    void aModelOfFeaturesStoresNoNormalisation() throws Exception {
        try (Camera camera = new Camera(Camera.SETTINGS)) {
            camera.send(Camera.shows(1, 0)).flush();

            assertThat(Contract.stored(camera.store).orElseThrow())
                    .doesNotContainKey("input.normalisation");
        }
    }

    @Test
    void cropsWithoutContrastAreTrackedAndLearnedInNumbers() throws Exception {
        TrackerSettings learning =
                settings(InputNormalisation.STANDARDISE)
                        .with("encoder.kind", EncoderName.MLP)
                        .with("embedding", 3)
                        .with("learning", TrackingSettings.Learning.REFERENCE)
                        .with("evaluation.every", Duration.ofSeconds(1));
        Detection black = crop(0, 0, 0, 0);
        Detection white = crop(255, 255, 255, 255);
        try (Camera camera = new Camera(learning)) {
            for (long frame = 1; frame <= 20; frame++) {
                camera.send(Camera.holds(frame, black, white, UPPER));
            }

            assertThat(camera.refused).isEmpty();
            List<TrackerMetrics> metrics = camera.metrics;
            assertThat(metrics.get(metrics.size() - 1).loss()).isFinite();
            assertThat(metrics.get(metrics.size() - 1).stepsRefused()).isZero();
            assertThat(metrics.get(metrics.size() - 1).modelVersion()).isPositive();
            assertThat(camera.scores.get(19).detections().get(2).sightings()).isGreaterThan(15);
        }
    }
}
