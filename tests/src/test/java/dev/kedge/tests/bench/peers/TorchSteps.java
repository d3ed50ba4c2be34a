// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Steps of the same networks in PyTorch, by Debian's python3-torch, in a process of its own on one
 * processor.
 *
 * @param version of PyTorch, and the library of its matrix products
 * @param mlpMillis processor time of a step of the mlp
 * @param resNetMillis processor time of a step of the reduced ResNet-18
 */
record TorchSteps(String version, double mlpMillis, double resNetMillis) {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = "/bench/torch_steps.py";

    /** Empty if PyTorch is not there. */
    static Optional<TorchSteps> measure(double seconds, Path folder) {
        if (!Files.isExecutable(Path.of(PYTHON))
                || run(List.of(PYTHON, "-c", "import torch")).isEmpty()) {
            return Optional.empty();
        }
        Path script = copy(folder);
        List<String> command =
                List.of("taskset", "-c", "0", PYTHON, script.toString(), Double.toString(seconds));
        return run(command).map(TorchSteps::of);
    }

    private static TorchSteps of(String line) {
        try {
            JsonNode said = new ObjectMapper().readTree(line);
            String blas = Path.of(said.get("blas").asText()).getParent().getFileName().toString();
            String version = "PyTorch " + said.get("torch").asText() + " with " + blas;
            return new TorchSteps(
                    version, said.get("mlp").doubleValue(), said.get("resnet").doubleValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(Path folder) {
        try (InputStream script = TorchSteps.class.getResourceAsStream(SCRIPT)) {
            Files.createDirectories(folder);
            return Files.write(folder.resolve("torch_steps.py"), script.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command printed; empty if it failed. */
    private static Optional<String> run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] printed = process.getInputStream().readAllBytes();
            return process.waitFor() == 0
                    ? Optional.of(new String(printed, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PyTorch runs", e);
        }
    }
}
