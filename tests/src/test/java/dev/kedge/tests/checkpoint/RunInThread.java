// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.checkpoint;

import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.command.KedgeCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.awaitility.Awaitility;

/** {@code kedge run} in a thread of this process; closing it is Ctrl-C. */
final class RunInThread implements AutoCloseable {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Thread thread;

    RunInThread(String... arguments) {
        thread =
                new Thread(
                        () ->
                                KedgeCommand.commandLine()
                                        .setOut(new PrintWriter(out, true))
                                        .setErr(new PrintWriter(err, true))
                                        .execute(arguments));
        thread.start();
    }

    RunInThread awaitLine(String words) {
        Awaitility.await(words).until(() -> out().contains(words) || !thread.isAlive());
        return this;
    }

    String out() {
        synchronized (out.getBuffer()) {
            return out.toString();
        }
    }

    String err() {
        return err.toString();
    }

    boolean isOver() {
        return !thread.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(Patience.TIME.toMillis());
    }
}
