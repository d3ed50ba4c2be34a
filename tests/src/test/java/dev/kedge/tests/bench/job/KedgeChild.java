// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import dev.kedge.jobs.command.Kedge;
import dev.kedge.tests.process.JavaProcess;
import dev.kedge.tests.process.Tether;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kedge command in a process of its own, which ends with the one that started it. */
public final class KedgeChild {
    private KedgeChild() {}

    /** What the command takes. */
    public static void main(String[] arguments) {
        Tether.tie();
        Kedge.main(arguments);
    }

    /**
     * Starts the command with the flags of this process's own JVM, which are those of the script
     * {@code kedge}.
     *
     * @param folder of its logs and temporary files
     * @param cores processors that it may use, as {@code taskset} takes them; empty for all
     * @param flags further ones of its JVM
     */
    static JavaProcess start(
            String name, Path folder, String cores, List<String> flags, List<String> arguments) {
        List<String> before = cores.isEmpty() ? List.of() : List.of("taskset", "-c", cores);
        List<String> all = new ArrayList<>();
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-X") || flag.startsWith("--add-opens"))
                .filter(
                        flag ->
                                !isCollector(flag)
                                        || flags.stream().noneMatch(KedgeChild::isCollector))
                .forEach(all::add);
        Path temporary = folder.resolve("tmp");
        all.add("-Djava.awt.headless=true");
        all.add("-Djava.io.tmpdir=" + temporary);
        all.add("-Dkedge.log.dir=" + folder);
        // Flink's test jars carry a configuration of their own, which says nothing.
        all.add("-Dlog4j.configurationFile=classpath:log4j2.xml");
        all.addAll(flags);
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JavaProcess.start(
                new JavaProcess.Start(name, folder, before, all, KedgeChild.class, arguments));
    }

    /** Whether a flag chooses a collector: a JVM takes one only. */
    private static boolean isCollector(String flag) {
        return flag.matches("-XX:\\+Use\\w+GC");
    }
}
