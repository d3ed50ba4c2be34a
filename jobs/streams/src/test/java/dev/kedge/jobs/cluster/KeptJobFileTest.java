// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptJobFileTest {
    @TempDir private Path folder;

    private Path write(String text) {
        String kept = KeptJobFile.write(folder.toUri().toString(), text).orElseThrow();
        return Path.of(URI.create(kept));
    }

    @Test
    void theTextIsKeptAsItIsOnceForEachText() throws IOException {
        Path first = write("name: müsli # ${SECRET}");

        assertThat(first).hasContent("name: müsli # ${SECRET}");
        assertThat(write("name: müsli # ${SECRET}")).isEqualTo(first);
        assertThat(write("name: other")).isNotEqualTo(first);
        assertThat(JobArguments.of("--job", first.toUri().toString()).text())
                .isEqualTo("name: müsli # ${SECRET}");
    }

    @Test
    void onlyTheNewestAreKept() throws IOException {
        Path oldest = write("name: oldest");
        Files.setLastModifiedTime(oldest, FileTime.fromMillis(0));
        for (int i = 1; i < KeptJobFile.MOST; i++) {
            write("name: a" + i);
        }
        assertThat(oldest).exists();

        write("name: one too many");

        assertThat(oldest).doesNotExist();
        try (Stream<Path> kept = Files.list(folder)) {
            assertThat(kept).hasSize(KeptJobFile.MOST);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoReasonToFail() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(KeptJobFile.write(file.toUri().toString(), "name: ads")).isEmpty();
    }
}
