// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The temporary folder of a process: it goes with it, or at the next start. */
class ProcessFolderTest {
    private static final long NO_PROCESS = 999_999_999_999L;

    @TempDir private Path place;
    private Path users;
    private Path own;

    @BeforeEach
    void make() throws IOException {
        users = Files.createDirectory(place.resolve("kedge-somebody"));
        own = Files.createDirectory(users.resolve("1-100"));
    }

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(users.resolve(name).resolve("below"));
        Files.writeString(folder.resolve("file"), "something");
        return folder.getParent();
    }

    @Test
    void itGoesWhenItIsClosed() throws IOException {
        try (ProcessFolder claimed = ProcessFolder.claim(own).orElseThrow()) {
            Files.createDirectories(claimed.path().resolve("a/b"));
            assertThat(own.resolve("lock")).exists();
        }
        assertThat(own).doesNotExist();
        assertThat(users).exists();
    }

    @Test
    void thatOfAKilledProcessGoesAtTheNextStartAndThatOfALivingOneStays() throws Exception {
        Path killed = Files.createDirectory(users.resolve("2-200"));
        Process other = claimElsewhere(killed);
        Files.writeString(killed.resolve("left"), "behind");

        try (ProcessFolder first = ProcessFolder.claim(own).orElseThrow()) {
            assertThat(killed.resolve("left")).exists();
            assertThat(first.path()).isEqualTo(own);
        }
        other.destroyForcibly();
        assertThat(other.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        Files.createDirectory(own);
        try (ProcessFolder next = ProcessFolder.claim(own).orElseThrow()) {
            assertThat(next.path()).exists();
            assertThat(killed).doesNotExist();
        }
    }

    @Test
    void aFolderWithoutALockGoesOnceItsProcessIsGone() throws IOException {
        Path gone = folder(NO_PROCESS + "-1");
        Path alive = folder(ProcessHandle.current().parent().orElseThrow().pid() + "-1");

        try (ProcessFolder claimed = ProcessFolder.claim(own).orElseThrow()) {
            assertThat(claimed.path()).exists();
            assertThat(gone).doesNotExist();
            assertThat(alive).exists();
        }
    }

    @Test
    void linksAreDeletedAndNotFollowed() throws IOException {
        Path precious = Files.createDirectory(place.resolve("precious"));
        Files.writeString(precious.resolve("file"), "mine");
        Files.createSymbolicLink(folder(NO_PROCESS + "-1").resolve("link"), precious);
        Path linked = Files.createSymbolicLink(users.resolve(NO_PROCESS + "-2"), precious);

        try (ProcessFolder claimed = ProcessFolder.claim(own).orElseThrow()) {
            assertThat(claimed.path()).exists();
        }
        assertThat(users.resolve(NO_PROCESS + "-1")).doesNotExist();
        assertThat(linked).isSymbolicLink();
        assertThat(precious.resolve("file")).hasContent("mine");
    }

    @Test
    void whatIsNotOfAProcessIsLeftAlone() throws IOException {
        Path other = folder("notes");

        try (ProcessFolder claimed = ProcessFolder.claim(own).orElseThrow()) {
            assertThat(claimed.path()).exists();
        }
        assertThat(other).exists();
        assertThat(ProcessFolder.claim(other)).isEmpty();
        assertThat(ProcessFolder.claim(Path.of("/tmp"))).isEmpty();
    }

    /** Has another process take a folder over, and returns once it has. */
    private static Process claimElsewhere(Path folder) throws IOException {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ClaimingMain.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(process.inputReader().readLine()).isEqualTo("claimed");
        return process;
    }

    /** Takes a folder over and stays until it is killed. */
    static final class ClaimingMain {
        private ClaimingMain() {}

        public static void main(String[] arguments) throws Exception {
            try (ProcessFolder folder = ProcessFolder.claim(Path.of(arguments[0])).orElseThrow()) {
                System.out.println(folder.path().endsWith("2-200") ? "claimed" : "other");
                Thread.currentThread().join();
            }
        }
    }
}
