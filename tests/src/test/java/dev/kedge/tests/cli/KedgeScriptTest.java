// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the {@code kedge} script hands to the Java process, shown by a Java that only writes down
 * what it was given.
 */
@DisabledOnOs(OS.WINDOWS)
class KedgeScriptTest {
    private static final String JAVA =
            """
            #!/usr/bin/env bash
            touch written
            echo "umask $(umask)"
            for argument in "$@"; do echo "$argument"; done
            """;

    @TempDir private Path folder;

    /** A home without sources, which needs no build. */
    @BeforeEach
    void make() throws IOException {
        executable(folder.resolve("java/bin/java"), JAVA);
        Files.copy(
                Path.of("../kedge"), folder.resolve("kedge"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(folder.resolve("pom.xml"));
        for (String room :
                List.of(
                        "state",
                        "operators",
                        "connectors",
                        "jobs/streams",
                        "jobs/laboratory",
                        "jobs/command")) {
            Files.createDirectories(folder.resolve(room + "/src/main"));
            Files.createFile(folder.resolve(room + "/pom.xml"));
        }
        Files.createDirectories(folder.resolve("jobs/command/target"));
        Files.writeString(folder.resolve("jobs/command/target/class-path"), "libraries");
        Files.createDirectory(folder.resolve("tmp"));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Said(int exitCode, List<String> lines) {}

    private Said run(String umask) throws Exception {
        return said(folder, "umask " + umask + "; exec ./kedge run a.yaml");
    }

    private Said said(Path from, String command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-c", command)
                        .directory(from.toFile())
                        .redirectErrorStream(true);
        builder.environment()
                .putAll(
                        Map.of(
                                "JAVA_HOME",
                                folder.resolve("java").toString(),
                                "TMPDIR",
                                folder.resolve("tmp").toString()));
        builder.environment().remove("KEDGE_JVM_OPTS");
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), lines);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whatTheProcessWritesIsItsOwnersAloneAndItKnowsThePersonsUmask() throws Exception {
        Said said = run("0027");

        assertThat(said.exitCode()).isZero();
        assertThat(said.lines()).contains("umask 0077", "-Dkedge.umask=0027", "run", "a.yaml");
        assertThat(mode(folder.resolve("written"))).isEqualTo("rw-------");
    }

    @Test
    void theTemporaryFolderIsOfThisProcessAndItsOwnersAlone() throws Exception {
        Said said = run("0022");

        try (Stream<Path> users = Files.list(folder.resolve("tmp"))) {
            Path user = users.findFirst().orElseThrow();
            assertThat(mode(user)).isEqualTo("rwx------");
            assertThat(user.getFileName().toString()).startsWith("kedge-");
            try (Stream<Path> processes = Files.list(user)) {
                Path own = processes.findFirst().orElseThrow();
                assertThat(mode(own)).isEqualTo("rwx------");
                assertThat(own.getFileName().toString()).matches("\\d+-\\d+");
                assertThat(said.lines()).contains("-Djava.io.tmpdir=" + own);
            }
        }
    }

    @Test
    void aLinkInThePlaceOfTheTemporaryFolderIsRefused() throws Exception {
        run("0022");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (Stream<Path> users = Files.list(folder.resolve("tmp"))) {
            Path user = users.findFirst().orElseThrow();
            Files.move(user, folder.resolve("moved"));
            Files.createSymbolicLink(user, elsewhere);
        }

        Said said = run("0022");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.lines()).hasSize(1);
        assertThat(said.lines().get(0))
                .startsWith("kedge: the temporary folder ")
                .endsWith("cannot be made, or is somebody else's; TMPDIR names another");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void linksToLinksLeadToTheFolderOfTheScriptWhateverCdpathSays() throws Exception {
        Path home = folder.toRealPath();
        Path bin = Files.createDirectories(folder.resolve("some where/bin"));
        Path more = Files.createDirectories(folder.resolve("more"));
        Files.createDirectories(folder.resolve("decoy/some where/bin"));
        Files.createSymbolicLink(more.resolve("second"), Path.of("../kedge"));
        Files.createSymbolicLink(bin.resolve("kedge"), Path.of("../../more/second"));
        Files.createSymbolicLink(folder.resolve("linked"), bin);
        String cdpath = "export CDPATH=" + folder.resolve("decoy") + ":/; ";

        for (String command :
                List.of(
                        "PATH=\"$PWD/some where/bin:$PATH\"; exec kedge run a.yaml",
                        "PATH=\"some where/bin:$PATH\"; exec kedge run a.yaml",
                        "exec 'some where/bin/kedge' run a.yaml",
                        "exec linked/kedge run a.yaml",
                        "cd more; exec ./second run a.yaml",
                        "exec bash more/second run a.yaml")) {
            Said said = said(folder, cdpath + command);

            assertThat(said.exitCode()).as("%s: %s", command, said.lines()).isZero();
            assertThat(said.lines())
                    .as(command)
                    .contains(home + "/jobs/command/target/classes:libraries", "run", "a.yaml");
        }
        for (Path around : List.of(bin, more, folder, folder.resolve("decoy"))) {
            assertThat(around.resolve("target")).as("a stray folder").doesNotExist();
        }
    }
}
