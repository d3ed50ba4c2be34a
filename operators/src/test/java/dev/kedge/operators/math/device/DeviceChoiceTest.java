// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceChoiceTest {
    private static final Card A10 = new Card(0, "NVIDIA A10", 8, 6);
    private static final Card T4 = new Card(1, "Tesla T4", 7, 5);
    private static final FoundCards NO_DRIVER = FoundCards.none("there is no NVIDIA driver (x)");

    @TempDir private Path folder;

    /** Tells what was done. */
    private static final class Told implements DeviceChoice.Loading {
        final List<String> done = new ArrayList<>();
        Backend loaded;
        boolean natives = true;

        /** Of a process in which nothing was loaded. */
        Told() {}

        /** Of a process in which a backend was. */
        Told(Backend loaded) {
            this.loaded = loaded;
        }

        @Override
        public Backend take(Backend wanted) {
            done.add("take " + wanted);
            loaded = loaded == null ? wanted : loaded;
            return loaded;
        }

        @Override
        public void loadCudaNatives() {
            done.add("natives");
            if (!natives) {
                UnsatisfiedLinkError error = new UnsatisfiedLinkError("no jnind4jcuda");
                error.initCause(
                        new UnsatisfiedLinkError("libcublas.so.11: no such file\nin any place"));
                throw error;
            }
        }

        @Override
        public void use(Card card) {
            done.add("card " + card.index());
        }
    }

    private DeviceChoice choice(FoundCards found, Told nd4j) throws IOException {
        return new DeviceChoice(
                new CardCheck(CardCheckTest.withBackend(folder), () -> found), nd4j);
    }

    private static DeviceSettings wish(Device device) {
        return new DeviceSettings(device, DeviceChange.REFUSED);
    }

    @Test
    void theCpuIsTakenWhatEverCardsThereAre() throws IOException {
        Told nd4j = new Told();

        Placement placement =
                choice(FoundCards.of(List.of(A10)), nd4j).place(wish(Device.CPU), List.of(), 0);

        assertThat(placement).isEqualTo(Placement.CPU);
        assertThat(nd4j.done).containsExactly("take cpu");
    }

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"CPU", "AUTO"})
    void withoutTheBackendNd4jIsLeftAsleep(Device device) throws IOException {
        Told nd4j = new Told();
        try (URLClassLoader nothing = new URLClassLoader(new URL[0], null)) {
            DeviceChoice choice = new DeviceChoice(new CardCheck(nothing, () -> NO_DRIVER), nd4j);

            assertThat(choice.place(wish(device), List.of(), 0)).isEqualTo(Placement.CPU);
        }
        assertThat(nd4j.done).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"GPU", "AUTO"})
    void aCardIsTaken(Device device) throws IOException {
        Told nd4j = new Told();

        Placement placement =
                choice(FoundCards.of(List.of(A10)), nd4j).place(wish(device), List.of(), 0);

        assertThat(placement).isEqualTo(new Placement("cuda-11.6 on NVIDIA A10", false));
        assertThat(nd4j.done).containsExactly("natives", "take cuda-11.6", "card 0");
    }

    @Test
    void autoTakesTheCpuWhereThereIsNoCard() throws IOException {
        Told nd4j = new Told();

        assertThat(choice(NO_DRIVER, nd4j).place(wish(Device.AUTO), List.of(), 0))
                .isEqualTo(Placement.CPU);
        assertThat(nd4j.done).containsExactly("take cpu");
    }

    @Test
    void gpuIsRefusedWhereThereIsNoCard() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> choice(NO_DRIVER, new Told()).place(wish(Device.GPU), List.of(), 0))
                .withMessage(
                        "device: gpu is not allowed; it must be cpu or auto here: there is no NVIDIA driver (x)");
    }

    @Test
    void gpuIsRefusedWhereTheLibrariesOfCudaAreMissing() {
        Told nd4j = new Told();
        nd4j.natives = false;

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                choice(FoundCards.of(List.of(A10)), nd4j)
                                        .place(wish(Device.GPU), List.of(), 0))
                .withMessage(
                        "device: gpu is not allowed; it must be cpu or auto here: the libraries of CUDA 11 do not load (libcublas.so.11: no such file)");
        assertThat(nd4j.done).containsExactly("natives");
    }

    @Test
    void autoTakesTheCpuWhereTheLibrariesOfCudaAreMissing() throws IOException {
        Told nd4j = new Told();
        nd4j.natives = false;

        assertThat(choice(FoundCards.of(List.of(A10)), nd4j).place(wish(Device.AUTO), List.of(), 0))
                .isEqualTo(Placement.CPU);
        assertThat(nd4j.done).containsExactly("natives", "take cpu");
    }

    @Test
    void aProcessThatComputesOnTheCpuAlreadyHasNoCardToGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                choice(FoundCards.of(List.of(A10)), new Told(Backend.CPU))
                                        .place(wish(Device.GPU), List.of(), 0))
                .withMessageEndingWith("a job before has ND4J compute on the CPU in this process");
    }

    @Test
    void aProcessThatComputesOnACardAlreadyIsNoPlaceForTheCpu() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                choice(FoundCards.of(List.of(A10)), new Told(Backend.CUDA))
                                        .place(wish(Device.CPU), List.of(), 0))
                .withMessage(
                        "device: cpu is not allowed; it must be gpu here: a job before has ND4J compute on a card in this process");
    }

    @Test
    void tasksTakeTheCardsThatTheyWereGivenInTurn() throws IOException {
        Told nd4j = new Told();
        DeviceChoice choice = choice(FoundCards.of(List.of(A10, T4)), nd4j);

        for (int task = 0; task < 3; task++) {
            choice.place(wish(Device.GPU), List.of(0, 1), task);
        }
        choice.place(wish(Device.GPU), List.of(1), 0);

        assertThat(nd4j.done)
                .filteredOn(done -> done.startsWith("card"))
                .containsExactly("card 0", "card 1", "card 0", "card 1");
    }

    @Test
    void tasksThatWereGivenNoneShareTheFirst() throws IOException {
        Told nd4j = new Told();

        choice(FoundCards.of(List.of(A10, T4)), nd4j).place(wish(Device.GPU), List.of(), 1);

        assertThat(nd4j.done).contains("card 0");
    }

    @Test
    void aTaskWasGivenACardThatCannotBeUsed() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                choice(FoundCards.of(List.of(A10)), new Told())
                                        .place(wish(Device.GPU), List.of(3), 0))
                .withMessageEndingWith(
                        "none of the cards that Flink gave the task can be used: [3]");
    }

    @Test
    void whetherAChangeIsAllowedGoesWithThePlacement() throws IOException {
        DeviceSettings allowed = new DeviceSettings(Device.AUTO, DeviceChange.ALLOWED);

        assertThat(choice(NO_DRIVER, new Told()).place(allowed, List.of(), 0))
                .isEqualTo(new Placement("cpu", true));
    }
}
