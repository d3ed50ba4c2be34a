// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** However a command ends, its temporary folder goes with it. */
class KedgeProcessTest {
    @TempDir private Path place;
    private Path temporary;

    @BeforeEach
    void make() throws IOException {
        temporary = Files.createDirectories(place.resolve("kedge-somebody/7-7"));
    }

    private Process start(Path logs, String command) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-Dkedge.log.dir=" + logs,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommandMain.class.getName(),
                        command)
                .start();
    }

    @Test
    void aTerminatedCommandPutsItsThingsAwayBeforeItsFolderGoes() throws Exception {
        Process process = start(place.resolve("logs"), "wait");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("running");
            assertThat(temporary.resolve("folder/file")).exists();
            // Process.destroy would close what it still has to say.
            process.toHandle().destroy();

            assertThat(out.readLine()).isEqualTo("put away: true");
        }
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(temporary).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeLoggedToIsOneLineAndTheCommandRuns() throws Exception {
        Path noFolder = Files.createFile(place.resolve("file"));
        Process process = start(noFolder, "end");

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.errorReader().lines())
                .containsExactly(
                        "kedge: nothing is logged: %s cannot be written (it is no folder); KEDGE_JVM_OPTS=-Dkedge.log.dir=DIR names another folder"
                                .formatted(noFolder));
        assertThat(process.inputReader().lines()).containsExactly("ended");
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(temporary).doesNotExist();
    }

    /** Runs one of the two commands below. */
    static final class CommandMain {
        private CommandMain() {}

        public static void main(String[] arguments) {
            System.exit(KedgeProcess.run(new CommandLine(new Both()), arguments));
        }
    }

    @Command(subcommands = {Waiting.class, Ending.class})
    static final class Both implements Runnable {
        @Override
        public void run() {}
    }

    @Command(name = "wait")
    static final class Waiting implements Callable<Integer>, EndsItself {
        @Override
        public Integer call() throws IOException {
            Path folder = Path.of(System.getProperty("java.io.tmpdir")).resolve("folder");
            Path file = Files.writeString(Files.createDirectory(folder).resolve("file"), "needed");
            try (Interrupt interrupt = new Interrupt()) {
                System.out.println("running");
                if (interrupt.await(Duration.ofMinutes(1))) {
                    System.out.println("put away: " + Files.exists(file));
                }
            }
            return 0;
        }
    }

    @Command(name = "end")
    static final class Ending implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            LoggerFactory.getLogger(Ending.class).error("nobody hears this");
            Files.createTempDirectory("something");
            System.out.println("ended");
            return 3;
        }
    }
}
