// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.flink.JobFailedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class UnexpectedTest {
    private static final Path LOG =
            Path.of(System.getProperty("kedge.log.dir", "logs"), "kedge.log").toAbsolutePath();

    @Command(name = "break")
    private record Breaking(RuntimeException problem) implements Callable<Integer>, KeepsSecrets {
        @Override
        public Integer call() {
            throw problem;
        }

        @Override
        public String hide(String message) {
            return message.replace("hunter2", "${PASS}");
        }
    }

    private static String answer(RuntimeException problem) {
        StringWriter err = new StringWriter();
        CommandLine command =
                KedgeCommand.commandLine()
                        .addSubcommand(new Breaking(problem))
                        .setErr(new PrintWriter(err, true));
        command.execute("break");
        return err.toString().strip();
    }

    @Test
    void anErrorSaysWhereTheLogIs() {
        assertThat(answer(new IllegalStateException("odd")))
                .isEqualTo(
                        "kedge: unexpected: java.lang.IllegalStateException: odd (the log is "
                                + LOG
                                + ")");
        assertThat(answer(new JobFailedException("the job is over: tired")))
                .isEqualTo("kedge: the job is over: tired (the log is " + LOG + ")");
    }

    @Test
    void anErrorDoesNotSayWhatTheCommandKeeps() {
        assertThat(answer(new IllegalStateException("hunter2 is wrong")))
                .contains("${PASS} is wrong")
                .doesNotContain("hunter2");
    }
}
