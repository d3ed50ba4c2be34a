// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.math.MatrixProduct;
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

    /** Multiplies, and says with what. */
    static final class Multiplies {
        private Multiplies() {}

        @SuppressWarnings("SystemOut") // the test reads it
        public static void main(String[] arguments) {
            if (arguments.length == 0) {
                float[] c = new float[1];
                try (MatrixProduct product = new MatrixProduct(0)) {
                    MatrixProduct.Matrix a = MatrixProduct.Matrix.of(new float[] {2, 3});
                    product.multiply(a, a.transpose(), MatrixProduct.Matrix.of(c), 1, 2, 1, false);
                }
                System.out.println("product " + c[0]);
            }
            System.out.println("backend " + Nd4j.getBackend().getClass().getName());
        }
    }

    private String child(String... arguments) throws IOException, InterruptedException {
        String classes = folder + File.pathSeparator + System.getProperty("java.class.path");
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                classes,
                                Multiplies.class.getName())
                        .redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void aProductAsksNoBackendButTheCpus() throws Exception {
        assertThat(child())
                .contains("product 13.0", "backend " + Backend.CPU.type())
                .doesNotContain(LoudBackend.WORD);
    }

    /** Without our loading, as it was: what the test above would otherwise not show. */
    @Test
    void nd4jByItselfAsksThemAll() throws Exception {
        assertThat(child("by itself")).contains(LoudBackend.WORD);
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
