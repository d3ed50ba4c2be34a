// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.command.KedgeCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What the kedge command says to some arguments, and how it exits. */
public record Answer(int exitCode, String out, String err) {
    /** Runs the command in this process. */
    public static Answer to(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                KedgeCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int exitCode = command.execute(arguments);
        return new Answer(exitCode, out.toString(), err.toString());
    }

    /** One line that says what is wrong, for people. */
    public void isAMistakeWith(String... words) {
        assertThat(err).startsWith("kedge: ").contains(words);
        assertThat(err.lines()).hasSize(1);
        assertThat(err).doesNotContain("at dev.kedge", "Exception", "unexpected");
        assertThat(exitCode).isNotZero();
        assertThat(out).isEmpty();
    }

    /** Something on the output and nothing beside it. */
    public void isGoodWith(String... words) {
        assertThat(err).isEmpty();
        assertThat(out).contains(words);
        assertThat(exitCode).isZero();
    }
}
