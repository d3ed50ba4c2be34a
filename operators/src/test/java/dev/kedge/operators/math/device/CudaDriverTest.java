// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kedge.operators.testing.StubDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaDriverTest {
    @TempDir private Path folder;

    private FoundCards ask(StubDriver stub) throws IOException {
        assumeTrue(StubDriver.works());
        return new CudaDriver(stub.in(folder).toString()).cards();
    }

    @Test
    void tellsNumberNameAndCapabilityOfItsCards() throws IOException {
        assertThat(ask(StubDriver.with(2, "NVIDIA A100-SXM4-80GB", 8, 0)))
                .isEqualTo(
                        FoundCards.of(
                                List.of(
                                        new Card(0, "NVIDIA A100-SXM4-80GB", 8, 0),
                                        new Card(1, "NVIDIA A100-SXM4-80GB", 8, 0))));
    }

    @Test
    void aMachineWithoutADriverSaysSo() {
        String nowhere = folder.resolve("libcuda.so.1").toString();

        assertThat(new CudaDriver(nowhere).cards())
                .isEqualTo(FoundCards.none("there is no NVIDIA driver (" + nowhere + ")"));
    }

    @Test
    void aFileThatIsNoLibraryIsNoDriver() throws IOException {
        Path file = Files.writeString(folder.resolve("libcuda.so.1"), "not a library");

        assertThat(new CudaDriver(file.toString()).cards().why())
                .startsWith("there is no NVIDIA driver (");
    }

    @Test
    void aDriverWithoutACardSaysSo() throws IOException {
        assertThat(ask(StubDriver.refusing(100)).why())
                .isEqualTo("the NVIDIA driver finds no card");
    }

    @Test
    void aDriverWhoseCardsAreHiddenSaysSo() throws IOException {
        assertThat(ask(StubDriver.with(0, "", 0, 0)).why())
                .isEqualTo("the NVIDIA driver finds no card");
    }

    @Test
    void aDriverThatDoesNotBeginSaysItsError() throws IOException {
        assertThat(ask(StubDriver.refusing(803)).why())
                .isEqualTo("the NVIDIA driver refuses cuInit with error 803");
    }

    @Test
    void aDriverOfAnOlderCudaIsRefused() throws IOException {
        assertThat(ask(new StubDriver(0, 10_020, 1, "Tesla K80", 3, 7)).why())
                .isEqualTo(
                        "the NVIDIA driver is one of CUDA 10.2, and 11.0 is the oldest that will do");
    }
}
