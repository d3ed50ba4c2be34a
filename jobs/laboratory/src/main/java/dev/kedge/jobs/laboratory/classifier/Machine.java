// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where an experiment was run.
 *
 * @param commit of the program; {@code unknown} if it was not told
 * @param system operating system and architecture
 * @param processor its name, as far as the system tells it
 * @param cores how many there are
 * @param java version of the virtual machine
 * @param heapBytes most heap it may use
 */
record Machine(
        String commit, String system, String processor, int cores, String java, long heapBytes) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    static Machine here() {
        String commit = System.getProperty("kedge.commit", "unknown");
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String java = System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
        int cores = Runtime.getRuntime().availableProcessors();
        long heap = Runtime.getRuntime().maxMemory();
        return new Machine(commit, system, processorName(), cores, java, heap);
    }

    private static String processorName() {
        if (!Files.isReadable(PROCESSORS)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    String text() {
        String heap = "heap " + (heapBytes >> 20) + " MiB";
        return String.join(", ", processor, system, cores + " cores", java, heap);
    }
}
