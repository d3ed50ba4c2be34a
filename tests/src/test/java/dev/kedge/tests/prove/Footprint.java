// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.util.ChildFirstClassLoader;

/**
 * What a task manager holds once its garbage is collected, as the JDK's and the system's own tools
 * say.
 *
 * @param metaspace used, KiB
 * @param heap used, KiB
 * @param resident memory of the process, KiB
 * @param loaders class loaders of submitted jobs that are alive
 */
public record Footprint(long metaspace, long heap, long resident, long loaders) {
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");
    private static final Pattern HEAP =
            Pattern.compile("(?:heap|generation|space)\\s+total \\d+K, used (\\d+)K");
    private static final String LOADER = ChildFirstClassLoader.class.getName();

    /** Looks at a process. */
    static Footprint of(long pid) throws IOException, InterruptedException {
        // What the first collection finds unreachable, the second one's cleaners have let go of.
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run");
        String heap = jcmd(pid, "GC.heap_info");
        long loaders =
                jcmd(pid, "VM.classloader_stats").lines().filter(Footprint::isLoader).count();
        long resident = Long.parseLong(run("ps", "-o", "rss=", "-p", Long.toString(pid)).strip());
        return new Footprint(sum(METASPACE, heap), sum(HEAP, heap), resident, loaders);
    }

    /** All of it in words. */
    String line() {
        return format(
                "metaspace %d MiB, heap %d MiB, resident %d MiB, %d class loaders of jobs",
                metaspace >> 10, heap >> 10, resident >> 10, loaders);
    }

    private static boolean isLoader(String line) {
        return line.strip().endsWith(LOADER);
    }

    /** Writes all that the process holds, to be looked at. */
    static void dump(long pid, Path file) throws IOException, InterruptedException {
        jcmd(pid, "GC.heap_dump", file.toString());
    }

    private static String jcmd(long pid, String... command)
            throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String[] all = new String[command.length + 2];
        all[0] = tool;
        all[1] = Long.toString(pid);
        System.arraycopy(command, 0, all, 2, command.length);
        return run(all);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(Patience.SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(List.of(command) + " failed: " + said.strip());
        }
        return said;
    }

    private static long sum(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        long sum = 0;
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1));
        }
        return sum;
    }
}
