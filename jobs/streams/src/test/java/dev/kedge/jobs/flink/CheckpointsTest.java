// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir private Path folder;

    @Test
    void theNewestOfSeveralIsFoundWhateverItsNumber() throws IOException {
        complete("job-a/chk-9", 1);
        Path newest = complete("job-b/chk-2", 3);
        complete("job-b/chk-1", 2);

        assertThat(Checkpoints.newest(folder.toString())).hasValue(newest.toUri().toString());
    }

    @Test
    void tellsWhenTheNewestWasComplete() throws IOException {
        assertThat(Checkpoints.newestAt(folder.toString())).isEmpty();
        complete("job-a/chk-9", 1);
        Path newest = complete("job-b/chk-2", 3);

        assertThat(Checkpoints.newestAt(folder.toString()))
                .hasValue(Files.getLastModifiedTime(newest.resolve("_metadata")).toInstant());
        assertThat(Checkpoints.newestAt("s3://bucket/kedge")).isEmpty();
    }

    @Test
    void aSavepointBesideTheCheckpointsCountsLikeOne() throws IOException {
        complete("job-a/chk-9", 1);
        Path savepoint = complete("savepoint-1", 2);

        assertThat(Checkpoints.newest(folder.toString())).hasValue(savepoint.toUri().toString());
    }

    @Test
    void aCheckpointThatWasNotFinishedIsPassedOver() throws IOException {
        Path complete = complete("job-a/chk-1", 1);
        Path unfinished = Files.createDirectories(folder.resolve("job-a/chk-2"));
        Files.writeString(unfinished.resolve("part-of-state"), "half");

        assertThat(Checkpoints.newest(folder.toString())).hasValue(complete.toUri().toString());
    }

    @Test
    void aPathAndItsUriFindTheSame() throws IOException {
        String found = complete("job-a/chk-1", 1).toUri().toString();

        assertThat(Checkpoints.newest(folder.toString())).hasValue(found);
        assertThat(Checkpoints.newest(folder.toUri().toString())).hasValue(found);
        assertThat(Checkpoints.newest("file:" + folder)).hasValue(found);
    }

    @Test
    void aFolderWithoutCheckpointsHasNone() {
        assertThat(Checkpoints.newest(folder.toString())).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereHasNone() {
        assertThat(Checkpoints.newest(folder.resolve("absent").toString())).isEmpty();
        assertThat(Checkpoints.newest(folder.resolve("absent").toUri().toString())).isEmpty();
    }

    @Test
    void otherFileSystemsAreLeftToFlink() {
        assertThat(Checkpoints.newest("s3://bucket/kedge")).isEmpty();
    }

    private Path complete(String name, long hour) throws IOException {
        Path checkpoint = Files.createDirectories(folder.resolve(name));
        Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "whole");
        Files.setLastModifiedTime(metadata, FileTime.from(NOON.plusSeconds(hour * 3600)));
        return checkpoint;
    }
}
