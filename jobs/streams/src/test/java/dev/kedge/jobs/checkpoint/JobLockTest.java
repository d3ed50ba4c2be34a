// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLockTest {
    @TempDir private Path folder;

    /** Another process that takes the lock and waits. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            JobLock lock = JobLock.take(Path.of(arguments[0]), "ads");
            System.out.println("taken");
            System.out.flush();
            int end = System.in.read();
            lock.close();
            assertThat(end).isNegative();
        }
    }

    @Test
    void aSecondJobIsRefusedNamingTheProcessUntilThatIsKilled() throws Exception {
        Process other =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            assertThat(other.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("taken");

            assertThatThrownBy(() -> JobLock.take(folder, "ads"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith(
                            "name: a job named 'ads' runs already, in process "
                                    + other.pid()
                                    + ", with the checkpoints in "
                                    + folder);
            assertThat(JobLock.held(folder)).hasValue("process " + other.pid());
        } finally {
            // As kill -9 does.
            other.destroyForcibly().waitFor();
        }

        assertThat(JobLock.held(folder)).isEmpty();
        JobLock.take(folder, "ads").close();
    }

    @Test
    void oneProcessRunsAJobOnlyOnceToo() {
        try (JobLock first = JobLock.take(folder.resolve("new/job"), "ads")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> JobLock.take(folder.resolve("new/job"), "ads"))
                    .hasMessageContaining("in process " + ProcessHandle.current().pid());
        }
        assertThat(JobLock.held(folder.resolve("new/job"))).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "a file");

        assertThatThrownBy(() -> JobLock.take(file.resolve("job"), "ads"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("checkpoints.directory: " + file.resolve("job"))
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aFolderThatIsNotThereIsHeldByNobody() {
        assertThat(JobLock.held(folder.resolve("absent"))).isEmpty();
        assertThat(folder.resolve("absent")).doesNotExist();
    }
}
