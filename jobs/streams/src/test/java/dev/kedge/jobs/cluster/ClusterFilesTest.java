// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFilesTest {
    private static final String SUM_OF_ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir private Path folder;

    @Test
    void aFileIsSentByNameWithItsSum() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment();

        try (ClusterFiles files = new ClusterFiles()) {
            assertThat(files.find(file.toUri().toString())).isEqualTo(file);
            assertThat(files.send(environment, "encoders.text.model", file.toString()))
                    .contains(SUM_OF_ABC);
        }

        assertThat(environment.getCachedFiles())
                .singleElement()
                .satisfies(
                        sent -> {
                            assertThat(sent.f0).isEqualTo("encoders.text.model");
                            assertThat(sent.f1.filePath).isEqualTo(file.toUri().toString());
                        });
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        try (ClusterFiles files = new ClusterFiles()) {
            assertThatThrownBy(
                            () ->
                                    files.send(
                                            StreamExecutionEnvironment.createLocalEnvironment(),
                                            "encoders.text.model",
                                            "/no/such.onnx"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("/no/such.onnx: cannot be read by the job manager (");
        }
    }
}
