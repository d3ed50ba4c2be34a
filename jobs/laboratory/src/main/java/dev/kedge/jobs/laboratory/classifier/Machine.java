// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
        return new Machine(
                System.getProperty("kedge.commit", "unknown"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                Runtime.getRuntime().maxMemory());
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
        return String.format(
                Locale.ROOT,
                "%s, %s, %d cores, %s, heap %d MiB",
                processor,
                system,
                cores,
                java,
                heapBytes >> 20);
    }
}
