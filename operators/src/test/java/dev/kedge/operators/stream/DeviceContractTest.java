// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.MemoryPartStore;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a model of any job was learned goes with it. */
class DeviceContractTest {
    private static final String A10 = "cuda-11.6 on NVIDIA A10";
    private static final String CONTRACT = "contract";

    static Stream<LiveModels<?, ?, ?>> models() {
        return Stream.of(
                new DiscontinuationModels(DiscontinuationSettings.DEFAULT),
                new ClassifierModels(
                        ClassifierSettings.DEFAULT
                                .with("input.features", 6)
                                .with("encoder.kind", EncoderName.IDENTITY)
                                .with("learning.views", 1)),
                new TrackerModels(TrackerSettings.DEFAULT));
    }

    /** Brings a model to life and writes it down. */
    private static void live(
            LiveModels<?, ?, ?> models, Placement placement, MemoryPartStore store) {
        try (LiveModels.Shared<?, ?, ?> shared = models.open(placement)) {
            shared.load("m", store).flush(store);
        }
    }

    private static MemoryPartStore learned(LiveModels<?, ?, ?> models, Placement placement) {
        MemoryPartStore store = new MemoryPartStore();
        live(models, placement, store);
        return store;
    }

    private static byte[] ofTheCpu(LiveModels<?, ?, ?> models) {
        MemoryPartStore store = new MemoryPartStore();
        try (LiveModels.Shared<?, ?, ?> shared = models.open()) {
            shared.load("m", store).flush(store);
        }
        return store.get(CONTRACT).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("models")
    void onTheCpuItsBytesAreAsTheyWere(LiveModels<?, ?, ?> models) {
        byte[] bytes = learned(models, Placement.CPU).get(CONTRACT).orElseThrow();

        assertThat(bytes).isEqualTo(ofTheCpu(models));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("device");
    }

    @ParameterizedTest
    @MethodSource("models")
    void aModelOfTheCpuIsRefusedOnACard(LiveModels<?, ?, ?> models) {
        MemoryPartStore store = learned(models, Placement.CPU);

        assertThatThrownBy(() -> live(models, new Placement(A10, false), store))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessage(
                        "device: the model was learned on cpu, the job computes on cuda-11.6 on NVIDIA A10; set it back, or set device-change to allowed");
    }

    @ParameterizedTest
    @MethodSource("models")
    void aModelOfACardIsRefusedOnTheCpu(LiveModels<?, ?, ?> models) {
        MemoryPartStore store = learned(models, new Placement(A10, false));

        assertThatThrownBy(() -> live(models, Placement.CPU, store))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessageStartingWith("device: the model was learned on " + A10);
    }

    @ParameterizedTest
    @MethodSource("models")
    void aModelOfACardIsRefusedOnAnother(LiveModels<?, ?, ?> models) {
        MemoryPartStore store = learned(models, new Placement(A10, false));

        assertThatThrownBy(() -> live(models, new Placement("cuda-11.6 on Tesla T4", false), store))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessageContaining("computes on cuda-11.6 on Tesla T4");
    }

    @ParameterizedTest
    @MethodSource("models")
    void aModelGoesOnWhereItWasLearned(LiveModels<?, ?, ?> models) {
        MemoryPartStore store = learned(models, new Placement(A10, false));
        byte[] before = store.get(CONTRACT).orElseThrow();

        live(models, new Placement(A10, false), store);

        assertThat(store.get(CONTRACT)).contains(before);
    }

    @ParameterizedTest
    @MethodSource("models")
    void anAllowedChangeIsWrittenDown(LiveModels<?, ?, ?> models) {
        MemoryPartStore store = learned(models, Placement.CPU);

        live(models, new Placement(A10, true), store);
        assertThatThrownBy(() -> live(models, Placement.CPU, store))
                .hasMessageContaining("learned on " + A10);
        live(models, new Placement("cpu", true), store);
        live(models, Placement.CPU, store);

        assertThat(store.get(CONTRACT)).contains(ofTheCpu(models));
    }
}
