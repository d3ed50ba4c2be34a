// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import dev.kedge.jobs.metrics.Reporters;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;

/**
 * A process of a cluster. It outlives the command that started it; a file with its number and the
 * moment of its start finds it again, and no other process that later has the number.
 *
 * @param name of its files
 * @param file holds number and start
 */
public record ClusterProcess(String name, Path file) {
    private static final String PRINTED = ".out";
    private static final String WRITTEN = ".log";
    private static final String FRAME = "\\s+(at |\\.\\.\\. [0-9]+ ).*";

    /**
     * Starts a process.
     *
     * @param name its name, which says what it is
     * @param own arguments of its main class that no other process has
     * @param classPath of Flink, and what lies beside it
     */
    static ClusterProcess start(
            ClusterFolder folder, String name, List<String> own, List<Path> classPath)
            throws IOException {
        List<String> command = command(folder, name);
        command.addAll(own);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.folder().toAbsolutePath().toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.logs().resolve(name + PRINTED).toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", String.join(File.pathSeparator, names(classPath)));
        // One thread for each native kernel: two tasks would fight for the cores, and sums would
        // change their order.
        environment.put("OMP_NUM_THREADS", "1");
        // Each job comes with threads of its own, and the C library would keep arenas for them: a
        // task manager grew by a tenth over ten submissions, and by a thirtieth with two arenas.
        environment.putIfAbsent("MALLOC_ARENA_MAX", "2");
        environment.put("FLINK_CONF_DIR", folder.configuration().toString());
        Process process = builder.start();
        ClusterProcess started = new ClusterProcess(name, folder.processes().resolve(name));
        Files.writeString(started.file, identity(process.toHandle()));
        return started;
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(Path::toString).toList();
    }

    private static List<String> command(ClusterFolder folder, String name) {
        ClusterRole role = ClusterRole.of(name);
        Configuration flink = ClusterConfiguration.read(folder);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(role.flags(flink));
        command.add("-Djava.awt.headless=true");
        command.add("-Djava.io.tmpdir=" + folder.temporary());
        command.add("-Dlog.file=" + folder.logs().resolve(name + WRITTEN));
        command.add(
                "-Dlog4j.configurationFile="
                        + folder.configuration().resolve(ClusterConfiguration.LOG));
        command.add(role.entry());
        command.addAll(role.arguments(folder, flink));
        metrics(name, flink)
                .ifPresent(port -> command.addAll(List.of("-D", Reporters.PORT + "=" + port)));
        return command;
    }

    /**
     * The port at which a process tells Prometheus its metrics, if its cluster has one for each:
     * the job manager at the first, each task manager as many after it as its name says, further
     * job managers behind all of these.
     */
    static OptionalInt metrics(String name, Configuration flink) {
        String first = flink.toMap().getOrDefault(Reporters.PORT, "");
        ClusterRole role = ClusterRole.of(name);
        if (!first.matches("\\d{1,5}") || role == ClusterRole.ZOOKEEPER) {
            return OptionalInt.empty();
        }
        String number = name.substring(name.lastIndexOf('-') + 1);
        int after = number.matches("\\d{1,4}") ? Integer.parseInt(number) : 0;
        boolean further = role == ClusterRole.JOB_MANAGER && after > 1;
        int before = further ? ClusterOptions.MOST_TASK_MANAGERS : 0;
        boolean only = role == ClusterRole.JOB_MANAGER && !further;
        return OptionalInt.of(Integer.parseInt(first) + (only ? 0 : before + after));
    }

    /** How its cluster knows it: of several hosts, each has a first task manager. */
    static String resource(String name, Configuration flink) {
        return ClusterConfiguration.isOfThisMachine(flink) ? name : hostName() + "-" + name;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return e.getMessage();
        }
    }

    private static String identity(ProcessHandle process) {
        return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH) + "\n";
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> handle() {
        try {
            String identity = Files.readString(file);
            long pid = Long.parseLong(identity.substring(0, identity.indexOf(' ')));
            return ProcessHandle.of(pid)
                    .filter(process -> process.isAlive() && identity(process).equals(identity));
        } catch (IOException e) {
            throw new ClusterException(file + " cannot be read (" + e + ")", e);
        }
    }

    /** Whether it runs. */
    boolean isAlive() {
        return handle().isPresent();
    }

    /** What it is. */
    ClusterRole role() {
        return ClusterRole.of(name);
    }

    /** Whether it is a task manager. */
    boolean isTaskManager() {
        return role() == ClusterRole.TASK_MANAGER;
    }

    /**
     * What it printed or logged last, in one line, without the places of a stack trace; empty if
     * nothing.
     */
    String lastWords(ClusterFolder folder) {
        for (String ending : List.of(PRINTED, WRITTEN)) {
            Path said = folder.logs().resolve(name + ending);
            try {
                List<String> lines = Files.exists(said) ? Files.readAllLines(said) : List.of();
                Optional<String> last =
                        lines.stream()
                                .filter(line -> !line.isBlank() && !line.matches(FRAME))
                                .reduce((a, b) -> b);
                if (last.isPresent()) {
                    return last.get().strip();
                }
            } catch (IOException e) {
                return said + " cannot be read";
            }
        }
        return "";
    }

    /** Tells it to end, and ends it if it does not within a time. */
    void stop(Duration patience) throws IOException {
        Optional<ProcessHandle> running = handle();
        if (running.isPresent()) {
            running.get().destroy();
            if (!isGone(running.get(), patience)) {
                running.get().destroyForcibly();
                if (!isGone(running.get(), patience)) {
                    throw new ClusterException(
                            name + " (" + running.get().pid() + ") does not end");
                }
            }
        }
        Files.deleteIfExists(file);
    }

    private static boolean isGone(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
