// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of runs that are not what they should be. */
class RunFilesTest {
    @TempDir private Path folder;

    @Test
    void aDamagedResultIsNamedInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("run_seed1.json"), "{\"key\":");

        assertThatThrownBy(() -> new RunFiles(folder).results())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        file
                                + ": is no result of a run (damaged?); without it the run is made again");
    }
}
