// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUseTest {
    @TempDir private Path folder;

    @Test
    void allFilesBelowCount() throws IOException {
        Files.write(folder.resolve("a"), new byte[1 << 20]);
        Files.write(Files.createDirectories(folder.resolve("b/c")).resolve("d"), new byte[1 << 20]);

        DiskUse use = DiskUse.of(folder);

        assertThat(use.bytes()).isEqualTo(2 << 20);
        assertThat(use.size()).isEqualTo("2.0 MB");
    }

    @Test
    void sizesAreInTheLargestUnitThatFits() {
        assertThat(DiskUse.size(1023)).isEqualTo("1023 B");
        assertThat(DiskUse.size(2048)).isEqualTo("2 KB");
        assertThat(DiskUse.size(1_600_000_000L)).isEqualTo("1,525.9 MB");
    }

    @Test
    void aFolderThatIsGoneTakesNothing() {
        assertThat(DiskUse.of(folder.resolve("gone")).bytes()).isZero();
    }
}
