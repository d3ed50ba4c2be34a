// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.testing.StubDriver;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

class Nd4jLoadingTest {
    @TempDir private Path folder;

    @BeforeEach
    void listTheLoudBackend() throws IOException {
        Path list = folder.resolve("META-INF/services/" + Nd4jBackend.class.getName());
        Files.createDirectories(list.getParent());
        Files.writeString(list, LoudBackend.class.getName() + "\n");
    }

    /** Computes on what it is told to, and says on what that was. */
    static final class Computes {
        private Computes() {}

        @SuppressWarnings("SystemOut") // the test reads it
        public static void main(String[] arguments) {
            for (String device : arguments) {
                DeviceSettings wish =
                        new DeviceSettings(Device.valueOf(device), DeviceChange.REFUSED);
                try {
                    Placement placement = DeviceChoice.ofThisMachine().place(wish, List.of(), 0);
                    System.out.println(device + " on " + placement.backend());
                } catch (IllegalArgumentException e) {
                    System.out.println(e.getMessage());
                }
            }
            System.out.println("product " + product());
            System.out.println("backend " + Nd4j.getBackend().getClass().getName());
        }

        private static float product() {
            float[] c = new float[1];
            try (MatrixProduct product = new MatrixProduct(0)) {
                MatrixProduct.Matrix a = MatrixProduct.Matrix.of(new float[] {2, 3});
                product.multiply(a, a.transpose(), MatrixProduct.Matrix.of(c), 1, 2, 1, false);
            }
            return c[0];
        }
    }

    /** ND4J without our loading. */
    static final class ByItself {
        private ByItself() {}

        public static void main(String[] arguments) {
            Nd4j.getBackend();
        }
    }

    private String child(Class<?> main, String... arguments) throws Exception {
        String classes = folder + File.pathSeparator + System.getProperty("java.class.path");
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Djna.library.path=" + folder,
                                "-cp",
                                classes,
                                main.getName())
                        .redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private void thereIsA(StubDriver driver) throws IOException {
        assumeTrue(StubDriver.works());
        driver.in(folder);
        StubBackend.in(folder);
    }

    @Test
    void aProductAsksNoBackendButTheCpus() throws Exception {
        assertThat(child(Computes.class))
                .contains("product 13.0", "backend " + Backend.CPU.type())
                .doesNotContain(LoudBackend.WORD);
    }

    @Test
    void aCardIsFoundAndTheBackendOfCudaLoaded() throws Exception {
        thereIsA(StubDriver.with(1, "NVIDIA A10", 8, 6));

        assertThat(child(Computes.class, "GPU", "CPU"))
                .contains(
                        "GPU on cuda-11.6 on NVIDIA A10",
                        "device: cpu is not allowed; it must be gpu here: a job before has ND4J compute on a card in this process",
                        "product 13.0",
                        "backend " + Backend.CUDA.type());
    }

    @Test
    void theCpuComputesThoughThereIsACard() throws Exception {
        thereIsA(StubDriver.with(1, "NVIDIA A10", 8, 6));

        assertThat(child(Computes.class, "CPU", "GPU"))
                .contains(
                        "CPU on cpu",
                        "device: gpu is not allowed; it must be cpu or auto here: a job before has ND4J compute on the CPU in this process",
                        "product 13.0",
                        "backend " + Backend.CPU.type());
    }

    @Test
    void aCardThatIsTooNewIsLeftAlone() throws Exception {
        thereIsA(StubDriver.with(1, "NVIDIA H200", 9, 0));

        assertThat(child(Computes.class, "GPU", "AUTO"))
                .contains(
                        "device: gpu is not allowed; it must be cpu or auto here: NVIDIA H200 has compute capability 9.0, ND4J's CUDA backend has code for 3.7 to 8.9",
                        "AUTO on cpu",
                        "product 13.0",
                        "backend " + Backend.CPU.type());
    }

    /** Without our loading, as it was: what the test above would otherwise not show. */
    @Test
    void nd4jByItselfAsksThemAll() throws Exception {
        assertThat(child(ByItself.class)).contains(LoudBackend.WORD);
    }

    @Test
    void oneBackendIsShown() throws IOException {
        URL[] further = {folder.toUri().toURL()};
        try (URLClassLoader all = new URLClassLoader(further, Nd4jLoading.classes())) {
            assertThat(ServiceLoader.load(Nd4jBackend.class, all))
                    .anyMatch(LoudBackend.class::isInstance);
            assertThat(ServiceLoader.load(Nd4jBackend.class, new OneBackend(all, Backend.CPU)))
                    .singleElement()
                    .extracting(each -> each.getClass().getName())
                    .isEqualTo(Backend.CPU.type());
        }
    }

    @Test
    void allElseIsFoundAsWithoutIt() throws IOException {
        ClassLoader one = new OneBackend(Nd4jLoading.classes(), Backend.CPU);

        assertThat(one.getResources("META-INF/MANIFEST.MF").hasMoreElements()).isTrue();
        assertThat(one.getResource(Nd4j.class.getName().replace('.', '/') + ".class")).isNotNull();
    }

    @Test
    void nativeLibrariesAreLoadedByTheClassThatBindsThem() {
        Nd4jLoading.loadNatives("org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu");

        assertThat(Loader.getLoadedLibraries().keySet())
                .anyMatch(library -> library.contains("nd4jcpu"));
    }

    @Test
    void aClassThatIsNotThereIsALibraryThatDoesNotLoad() {
        assertThatThrownBy(() -> Nd4jLoading.loadNatives("org.nd4j.Absent"))
                .isInstanceOf(LinkageError.class)
                .hasMessage("org.nd4j.Absent");
    }

    @Test
    void theProcessComputesOnTheCpuWhoeverAsksLater() {
        Nd4jLoading.ensure();

        assertThat(Nd4jLoading.take(Backend.CUDA)).isEqualTo(Backend.CPU);
    }
}
