// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One JVM of the cluster, on this process's class path. Closing it leaves nothing behind. */
final class FlinkProcess implements AutoCloseable {
    /** What a process says that SIGKILL ended: 128 and the number of the signal. */
    static final int KILLED = 128 + 9;

    private final String name;
    private final Process process;

    private FlinkProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts a process.
     *
     * @param name of its logs
     * @param role of {@link FlinkProcessMain}
     * @param settings what all processes share
     */
    static FlinkProcess start(String name, String role, ClusterSettings settings) {
        Path logs = settings.logs().resolve(name);
        try {
            Files.createDirectories(logs);
            ProcessBuilder builder =
                    new ProcessBuilder(command(name, role, settings))
                            .redirectOutput(logs.resolve("stdout").toFile())
                            .redirectError(logs.resolve("stderr").toFile());
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            builder.environment().put("OMP_NUM_THREADS", "1");
            return new FlinkProcess(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(String name, String role, ClusterSettings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.jvmFlags(role));
        // Flink's test jars carry a configuration of their own, which says nothing.
        command.add("-Dlog4j.configurationFile=classpath:log4j2.xml");
        command.add("-Dkedge.log.dir=" + settings.logs().resolve(name));
        command.add(FlinkProcessMain.class.getName());
        command.add(role);
        command.add("-c");
        command.add(settings.folder().toString());
        command.add("-Dtaskmanager.resource-id=" + name);
        return command;
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Kills it as {@code kill -9} does and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        if (awaitEnd() != KILLED) {
            throw new IllegalStateException(
                    name + " did not end by SIGKILL but with " + process.exitValue());
        }
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " outlives SIGKILL");
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
