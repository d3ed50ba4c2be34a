// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A program that has this process's input and output. Java cannot put another program in its own
 * place, as a shell's {@code exec} does: this process waits, and passes the signal to end on.
 */
final class ForegroundProcess {
    private ForegroundProcess() {}

    /**
     * Runs a program until it ends.
     *
     * @param variables of its environment, beside those that are there
     * @return its exit code
     * @throws IOException if there is no such program
     */
    static int run(List<String> command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(variables);
        Process process = builder.start();
        Thread end = new Thread(() -> end(process), "end");
        Runtime.getRuntime().addShutdownHook(end);
        return await(process);
    }

    private static void end(Process process) {
        process.destroy();
        await(process);
    }

    private static int await(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Nobody interrupts this process to end it: signals do, and the hook above.
                process.destroy();
            }
        }
    }
}
