// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardCheckTest {
    @TempDir private Path folder;

    /** A class path with the CUDA backend, or so it looks. */
    static ClassLoader withBackend(Path folder) throws IOException {
        Path file = folder.resolve(Backend.CUDA.type().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    }

    private FoundCards usable(Card... cards) throws IOException {
        return new CardCheck(withBackend(folder), () -> FoundCards.of(List.of(cards))).usable();
    }

    @Test
    void withoutTheBackendTheDriverIsNotAsked() throws IOException {
        try (URLClassLoader nothing = new URLClassLoader(new URL[0], null)) {
            CardCheck check =
                    new CardCheck(
                            nothing,
                            () -> {
                                throw new AssertionError("asked");
                            });

            assertThat(check.usable().why())
                    .isEqualTo("ND4J's CUDA backend is not on the class path; build with -Pcuda");
        }
    }

    @Test
    void whatTheDriverLacksIsPassedOn() throws IOException {
        CardCheck check =
                new CardCheck(withBackend(folder), () -> FoundCards.none("there is no driver"));

        assertThat(check.usable()).isEqualTo(FoundCards.none("there is no driver"));
    }

    @ParameterizedTest
    @CsvSource({"3, 7", "5, 0", "7, 5", "8, 0", "8, 6", "8, 9"})
    void takesWhatTheBackendHasCodeFor(int major, int minor) throws IOException {
        Card card = new Card(0, "a card", major, minor);

        assertThat(usable(card)).isEqualTo(FoundCards.of(List.of(card)));
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 5", "9, 0", "10, 0", "12, 1"})
    void refusesWhatTheBackendHasNoCodeFor(int major, int minor) throws IOException {
        assertThat(usable(new Card(0, "NVIDIA X", major, minor)).why())
                .isEqualTo(
                        "NVIDIA X has compute capability %d.%d, ND4J's CUDA backend has code for 3.7 to 8.9",
                        major, minor);
    }

    @Test
    void aUsableCardBesideAnotherIsFound() throws IOException {
        Card old = new Card(1, "NVIDIA A10", 8, 6);

        assertThat(usable(new Card(0, "NVIDIA H200", 9, 0), old))
                .isEqualTo(FoundCards.of(List.of(old)));
    }
}
