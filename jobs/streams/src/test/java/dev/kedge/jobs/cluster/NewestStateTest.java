// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewestStateTest {
    private static final String FIRST_RUN = "0123456789abcdef0123456789abcdef";
    private static final String SECOND_RUN = "f123456789abcdef0123456789abcdef";

    @TempDir private Path folder;

    private void complete(String name, long seconds) throws IOException {
        Path metadata = folder.resolve(name).resolve("_metadata");
        Files.createDirectories(metadata.getParent());
        Files.createFile(metadata);
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(1000 * seconds));
    }

    private void isNewest(String name) {
        assertThat(NewestState.below(folder.toUri().toString()))
                .hasValueSatisfying(
                        found -> assertThat(found).endsWith(folder.resolve(name).toString()));
    }

    @Test
    void theRunThatWasActiveLastCountsAndInItTheHighestNumber() throws IOException {
        complete(FIRST_RUN + "/chk-12", 10);
        complete(SECOND_RUN + "/chk-9", 30);
        complete(SECOND_RUN + "/chk-10", 20);

        isNewest(SECOND_RUN + "/chk-10");
    }

    @Test
    void aSavepointInTheJobsFolderIsFoundToo() throws IOException {
        complete(FIRST_RUN + "/chk-12", 10);
        complete("savepoint-4a2f1c-0d9b7e", 11);

        isNewest("savepoint-4a2f1c-0d9b7e");
    }

    @Test
    void whatIsNotCompleteOrSharedIsNone() throws IOException {
        complete(FIRST_RUN + "/chk-12", 10);
        Files.createDirectories(folder.resolve(FIRST_RUN + "/chk-13"));
        complete(FIRST_RUN + "/shared", 20);

        isNewest(FIRST_RUN + "/chk-12");
    }

    @Test
    void aJobThatNeverRanHasNone() {
        assertThat(NewestState.below(folder.resolve("never").toUri().toString())).isEmpty();
        assertThat(NewestState.below(folder.toUri().toString())).isEmpty();
    }
}
