// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.process;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM beside this one, on its class path. Closing it leaves nothing behind. */
public final class JavaProcess implements AutoCloseable {
    /** What a process says that SIGKILL ended: 128 and the number of the signal. */
    private static final int KILLED = 128 + 9;

    private final String name;
    private final Path logs;
    private final Process process;

    private JavaProcess(String name, Path logs, Process process) {
        this.name = name;
        this.logs = logs;
        this.process = process;
    }

    /**
     * What is started.
     *
     * @param name what it is called where something is said of it
     * @param logs folder of what it prints
     * @param before what stands before the Java command: {@code taskset} for example
     * @param flags of the JVM
     * @param main its main class
     * @param arguments of the main class
     */
    public record Start(
            String name,
            Path logs,
            List<String> before,
            List<String> flags,
            Class<?> main,
            List<String> arguments) {
        private List<String> command() {
            List<String> command = new ArrayList<>(before);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(flags);
            command.add(main.getName());
            command.addAll(arguments);
            return command;
        }
    }

    /** Starts a process; what it prints is in files of its logs. */
    public static JavaProcess start(Start start) {
        try {
            Files.createDirectories(start.logs());
            ProcessBuilder builder =
                    new ProcessBuilder(start.command())
                            .redirectOutput(start.logs().resolve("stdout").toFile())
                            .redirectError(start.logs().resolve("stderr").toFile());
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            builder.environment().put("OMP_NUM_THREADS", "1");
            return new JavaProcess(start.name(), start.logs(), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** What it has printed so far. */
    public String printed() {
        return read("stdout");
    }

    /** What it has complained of so far. */
    public String complained() {
        return read("stderr");
    }

    private String read(String file) {
        try {
            return Files.readString(logs.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long it has had a processor so far; 0 if nobody knows. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Has one of the JDK's tools tell the process something: {@code jcmd} for example. */
    public void tell(String tool, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.add(Long.toString(pid()));
        command.addAll(List.of(words));
        try {
            Process told = new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer =
                    new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (told.waitFor() != 0) {
                throw new IllegalStateException(tool + " of " + name + ": " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " is told", e);
        }
    }

    /** Kills it as {@code kill -9} does and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (awaitEnd() != KILLED) {
            throw new IllegalStateException(
                    name + " did not end by SIGKILL but with " + process.exitValue());
        }
    }

    /** Asks it to end, as Ctrl-C does, and waits until it has. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ends", e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }
}
