// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where and on what a benchmark ran. Load is that of the last minute, before the first measurement:
 * other work on the machine shows in it.
 *
 * @param commit short hash, with a plus if the working tree differs
 * @param at when the run began
 * @param processor its name
 * @param processors how many
 * @param memoryBytes physical memory
 * @param os name and version
 * @param jvm name and version
 * @param flags of the JVM
 * @param load average number of busy threads
 */
public record Machine(
        String commit,
        String at,
        String processor,
        int processors,
        long memoryBytes,
        String os,
        String jvm,
        List<String> flags,
        double load) {

    /** This machine, now. */
    public static Machine here() {
        return new Machine(
                describe(),
                Instant.now().toString(),
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                1024 * number(field("/proc/meminfo", "MemTotal")),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> flag.startsWith("-X"))
                        .toList(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** A field of a file in /proc; empty where there is no such file. */
    static String field(String file, String name) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "";
        }
        try {
            return Files.readAllLines(path).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number that a field begins with; 0 if there is none. */
    static long number(String field) {
        String digits = field.replaceAll("\\D.*", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String describe() {
        String changed = git("status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : "+";
        return git("rev-parse", "--short", "HEAD") + changed;
    }

    private static String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
