// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumePointTest {
    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final String LATER = "f123456789abcdef0123456789abcdef";

    @TempDir private Path folder;

    private MadeCheckpoint made(String run, int number) throws Exception {
        return MadeCheckpoint.make(folder.resolve(run), number, "t" + number);
    }

    private static String uri(MadeCheckpoint made) {
        return made.folder().toUri().toString();
    }

    private static void modified(MadeCheckpoint made, long seconds) throws IOException {
        Files.setLastModifiedTime(made.metadata(), FileTime.fromMillis(seconds * 1000));
    }

    @Test
    void theNumberCountsWithinARunWhateverTheTimesOfTheFiles() throws Exception {
        MadeCheckpoint ninth = made(RUN, 9);
        MadeCheckpoint tenth = made(RUN, 10);
        modified(ninth, 2000);
        modified(tenth, 1000);

        assertThat(ResumePoint.newest(folder).path()).hasValue(uri(tenth));
    }

    @Test
    void theTimeInTheChecksumsCountsBetweenRunsWhateverTheTimesOfTheFiles() throws Exception {
        MadeCheckpoint early = made(LATER, 50);
        MadeCheckpoint late = made(RUN, 3);
        modified(early, 9000);
        modified(late, 1000);
        sums(early, 10);
        sums(late, 11);

        assertThat(StoredCheckpoints.newest(folder)).hasValue(late.folder());
        assertThat(StoredCheckpoints.newestAt(folder)).hasValue(11);
    }

    private static void sums(MadeCheckpoint made, long completed) throws IOException {
        new Checksums(completed, new TreeMap<>()).write(Checksums.fileOf(made.folder()));
    }

    @Test
    void aDamagedOneIsPassedOverWithALineThatSaysSo() throws Exception {
        MadeCheckpoint before = made(RUN, 41);
        MadeCheckpoint newest = made(RUN, 42);
        MadeCheckpoint.shorten(newest.metadata(), 100);

        ResumePoint point = ResumePoint.newest(folder);

        assertThat(point.path()).hasValue(uri(before));
        assertThat(point.lines())
                .containsExactly(
                        "checkpoint chk-42 cannot be used: _metadata ends too early; going on from chk-41: what came after it is read and scored again, with exactly-once, too");
    }

    @Test
    void eachThatIsPassedOverIsToldWithItsReason() throws Exception {
        MadeCheckpoint before = made(RUN, 42);
        MadeCheckpoint second = made(LATER, 42);
        MadeCheckpoint newest = made(LATER, 43);
        modified(before, 1000);
        Files.delete(second.own());
        MadeCheckpoint.shorten(newest.metadata(), 100);

        ResumePoint point = ResumePoint.newest(folder);

        assertThat(point.path()).hasValue(uri(before));
        assertThat(point.lines()).hasSize(2);
        assertThat(point.lines().get(0)).startsWith("checkpoint chk-43 cannot be used: _metadata");
        assertThat(point.lines().get(1))
                .startsWith("checkpoint " + LATER + "/chk-42 cannot be used: file " + second.own())
                .contains("is not there; going on from " + RUN + "/chk-42");
    }

    @Test
    void whereNoneIsLeftEachIsNamedWithTheWaysOut() throws Exception {
        Files.delete(made(RUN, 41).own());
        MadeCheckpoint.shorten(made(RUN, 42).metadata(), 100);

        assertThatThrownBy(() -> ResumePoint.newest(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("checkpoint chk-42 cannot be used: _metadata ends too early;")
                .hasMessageContaining("checkpoint chk-41 cannot be used: file ")
                .hasMessageContaining("of 2 none is left to go on from: name another with --from")
                .hasMessageEndingWith("--fresh");
    }

    @Test
    void whatAUserNamedIsNeverReplaced() throws Exception {
        made(RUN, 41);
        MadeCheckpoint newest = made(RUN, 42);
        assertThat(ResumePoint.named(newest.folder().toString()).path()).hasValue(uri(newest));
        Files.delete(newest.own());

        assertThatThrownBy(() -> ResumePoint.named(uri(newest)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "--from: %s cannot be used: file %s is not there",
                        uri(newest), newest.own());
        assertThat(ResumePoint.named("s3://bucket/chk-1").path()).hasValue("s3://bucket/chk-1");
    }

    @Test
    void whatTheRunningJobFoundDamagedIsPassedOver() throws Exception {
        MadeCheckpoint before = made(RUN, 41);
        MadeCheckpoint newest = made(RUN, 42);
        Path mark = Checksums.fileOf(newest.folder()).resolveSibling("chk-42.damaged");
        Files.createDirectories(mark.getParent());
        Files.writeString(mark, "damaged state: model 'a': part 'x': checksum is 1\n");

        ResumePoint point = ResumePoint.newest(folder);

        assertThat(point.path()).hasValue(uri(before));
        assertThat(point.lines().get(0))
                .contains("chk-42 cannot be used: damaged state: model 'a': part 'x'");
    }

    @Test
    void anEmptyFolderIsABeginning() {
        assertThat(ResumePoint.newest(folder)).isEqualTo(ResumePoint.NONE);
        assertThat(ResumePoint.newest(folder.resolve("absent"))).isEqualTo(ResumePoint.NONE);
    }
}
