// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may read what is written. */
@DisabledOnOs(OS.WINDOWS)
class FilePermissionsTest {
    private static final String UMASK = "kedge.umask";

    @TempDir private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(UMASK);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void foldersOfStateAreTheirOwnersAlone() throws IOException {
        OwnerOnly.createDirectories(folder.resolve("state/job"));

        assertThat(mode(folder.resolve("state"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("state/job"))).isEqualTo("rwx------");
    }

    @Test
    void whatAPersonAskedForFollowsThePersonsUmask() throws IOException {
        System.setProperty(UMASK, "0027");

        UserFiles.createDirectories(folder.resolve("out/below"));
        UserFiles.write(folder.resolve("out/report.md"), "good");

        assertThat(mode(folder.resolve("out"))).isEqualTo("rwxr-x---");
        assertThat(mode(folder.resolve("out/below"))).isEqualTo("rwxr-x---");
        assertThat(mode(folder.resolve("out/report.md"))).isEqualTo("rw-r-----");
    }

    @Test
    void aFileThatWasThereKeepsItsPermissions() throws IOException {
        System.setProperty(UMASK, "0022");
        Path file = Files.createFile(folder.resolve("report.md"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        UserFiles.write(file, "good");

        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("good");
    }

    @Test
    void aLogFolderThatCannotBeIsToldInOneLine() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(LogFolder.problem(file))
                .hasValue(
                        "nothing is logged: %s cannot be written (it is no folder); KEDGE_JVM_OPTS=-Dkedge.log.dir=DIR names another folder"
                                .formatted(file));
        assertThat(LogFolder.problem(folder.resolve("logs"))).isEmpty();
        assertThat(mode(folder.resolve("logs"))).isEqualTo("rwx------");
    }

    @Test
    void aFullTemporaryFolderIsNamed() {
        assertThat(Room.shortage(folder, path -> 3 << 20))
                .hasValue(
                        "the temporary folder %s has no room: 3 MB are free, at least 64 are needed; TMPDIR names another"
                                .formatted(folder));
        assertThat(Room.shortage(folder, path -> 1L << 40)).isEmpty();
        assertThat(
                        Room.isMissing(
                                new IllegalStateException(
                                        new IOException("No space left on device"))))
                .isTrue();
        assertThat(Room.isMissing(new IOException("gone"))).isFalse();
    }
}
