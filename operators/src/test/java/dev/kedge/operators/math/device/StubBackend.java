// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * A CUDA backend by its names that computes on the CPU. It is compiled when it is needed: among the
 * other classes it would stand in the way of the real one.
 */
final class StubBackend {
    private static final String NATIVES =
            "@org.bytedeco.javacpp.annotation.Properties(inherit = org.bytedeco.javacpp.presets.javacpp.class) public class ";

    private static final Map<String, String> SOURCES =
            Map.of(
                    "org/nd4j/linalg/jcublas/JCublasBackend",
                    "public class JCublasBackend extends org.nd4j.linalg.cpu.nativecpu.CpuBackend {}",
                    "org/nd4j/linalg/jcublas/bindings/Nd4jCuda",
                    NATIVES + "Nd4jCuda {}",
                    "org/bytedeco/cuda/global/cudart",
                    NATIVES + "cudart {}",
                    "org/bytedeco/cuda/global/cublas",
                    NATIVES + "cublas {}");

    private StubBackend() {}

    /** Compiles it into a folder, which is to go first on a class path. */
    static void in(Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            Path file = folder.resolve(source.getKey() + ".java");
            Files.createDirectories(file.getParent());
            String name = folder.relativize(file.getParent()).toString().replace('/', '.');
            Files.writeString(file, "package " + name + "; " + source.getValue());
            arguments.add(file.toString());
        }
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("the stub does not compile");
        }
        Path list = folder.resolve("META-INF/services/" + Nd4jBackend.class.getName());
        Files.createDirectories(list.getParent());
        Files.writeString(list, Backend.CUDA.type() + "\n");
    }
}
