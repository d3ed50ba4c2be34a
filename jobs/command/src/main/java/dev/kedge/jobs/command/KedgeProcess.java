// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.files.LogFolder;
import dev.kedge.jobs.files.ProcessFolder;
import dev.kedge.jobs.files.Room;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * A process that is there for one command: its temporary folder, which goes however the process
 * ends, and its log.
 */
public final class KedgeProcess {
    /** Longer than an interrupted command takes to put its things away. */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private final CommandLine command;
    private final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean endsItself = new AtomicBoolean();

    private KedgeProcess(CommandLine command) {
        this.command = command;
    }

    /** Runs the command and returns its exit code. */
    public static int run(CommandLine command, String... arguments) {
        return new KedgeProcess(command).run(arguments);
    }

    private int run(String... arguments) {
        Optional<ProcessFolder> folder;
        try {
            folder = ProcessFolder.claim(temporary);
        } catch (IOException e) {
            return refuse(
                    Room.shortage(temporary)
                            .orElse(
                                    format(
                                            "the temporary folder %s cannot be used (%s);"
                                                    + " TMPDIR names another",
                                            temporary, e)));
        }
        folder.ifPresent(this::deleteAtTheEnd);
        command.setExecutionStrategy(this::execute);
        try {
            return command.execute(arguments);
        } finally {
            over.countDown();
        }
    }

    /** Within the process's last hook: what runs when it ends still uses the folder. */
    private void deleteAtTheEnd(ProcessFolder folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "kedge-files"));
    }

    private void delete(ProcessFolder folder) {
        try {
            if (endsItself.get() && !over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                command.getErr().println("kedge: gave up waiting for the command to end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        folder.close();
    }

    private int execute(ParseResult parsed) {
        List<CommandLine> chain = parsed.asCommandLineList();
        CommandLine last = chain.get(chain.size() - 1);
        if (!last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
            LogFolder.prepare().ifPresent(this::say);
            endsItself.set(last.getCommand() instanceof EndsItself);
            Optional<String> shortage =
                    endsItself.get() ? Room.shortage(temporary) : Optional.empty();
            if (shortage.isPresent()) {
                return refuse(shortage.get());
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int refuse(String reason) {
        say(reason);
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private void say(String line) {
        command.getErr().println("kedge: " + line);
        command.getErr().flush();
    }
}
