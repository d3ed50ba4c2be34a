// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A Java runtime for an image that has nothing: linked by this JDK, with the libraries of this
 * system that it needs. What draws on screens and plays sounds is left out.
 */
final class JavaRuntime {
    /** What Flink, Kafka's client, Kedge and the libraries of all need. */
    private static final List<String> MODULES =
            List.of(
                    "java.base",
                    "java.compiler",
                    "java.desktop",
                    "java.instrument",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.rmi",
                    "java.scripting",
                    "java.security.jgss",
                    "java.security.sasl",
                    "java.sql",
                    "java.xml",
                    "jdk.charsets",
                    "jdk.crypto.ec",
                    "jdk.httpserver",
                    "jdk.jcmd",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.management.agent",
                    "jdk.naming.dns",
                    "jdk.net",
                    "jdk.unsupported",
                    "jdk.zipfs");

    private static final Set<String> LEFT =
            Set.of(
                    "libawt_xawt.so",
                    "libjawt.so",
                    "libjsound.so",
                    "libsplashscreen.so",
                    "libfontmanager.so");

    /** Looked up at run time by the names of hosts; on newer systems they are parts of libc. */
    private static final List<String> LOOKED_UP =
            List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

    /** What libraries that lie in jars need: they are unpacked when the container runs. */
    private static final List<String> OF_JARS =
            List.of(
                    "libdl.so.2",
                    "libgcc_s.so.1",
                    "libgomp.so.1",
                    "libm.so.6",
                    "libpthread.so.0",
                    "librt.so.1",
                    "libstdc++.so.6");

    private static final Pattern NEEDED = Pattern.compile("(?m)^\\s(?:\\S+ => )?(/\\S+) \\(0x");
    private static final String CERTIFICATES = "lib/security/cacerts";

    private final Path folder;

    private JavaRuntime(Path folder) {
        this.folder = folder;
    }

    /**
     * Links one.
     *
     * @param work folder in which it is made
     * @throws ConfigurationException if this Java cannot link, or this is no Linux
     */
    static JavaRuntime link(Path work) {
        Path home = Path.of(System.getProperty("java.home"));
        ToolProvider jlink =
                ToolProvider.findFirst("jlink")
                        .filter(tool -> Files.isDirectory(home.resolve("jmods")))
                        .filter(tool -> System.getProperty("os.name").equals("Linux"))
                        .orElseThrow(
                                () ->
                                        ConfigurationException.of(
                                                "--base scratch: it is made of the JDK and the libraries of a Linux; %s is no JDK with the folder jmods, or this is no Linux",
                                                home));
        Path made = work.resolve("java");
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said, true);
        int code =
                jlink.run(
                        to,
                        to,
                        "--add-modules",
                        String.join(",", MODULES),
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        made.toString());
        if (code != 0) {
            throw ConfigurationException.of("--base scratch: jlink failed: %s", said);
        }
        leaveOut(made);
        return new JavaRuntime(made);
    }

    private static void leaveOut(Path made) {
        try {
            for (String name : LEFT) {
                Files.deleteIfExists(made.resolve("lib").resolve(name));
            }
            Path certificates = made.resolve(CERTIFICATES);
            if (!Files.isRegularFile(certificates)) {
                Files.deleteIfExists(certificates);
                Files.copy(
                        Path.of(System.getProperty("java.home")).resolve(CERTIFICATES).toRealPath(),
                        certificates);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts it, and what it needs, into a layer. */
    void into(Layer layer) {
        layer.tree(folder, ImageLayout.JAVA);
        for (Path library : libraries()) {
            layer.program(library, library.toString());
        }
    }

    /** Each where the linker of this system looks for it; that linker is one of them. */
    private Set<Path> libraries() {
        Set<Path> all = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> own =
                    files.filter(file -> file.toString().endsWith(".so") || isJava(file)).toList();
            all.addAll(needed(own));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.removeIf(library -> library.startsWith(folder));
        Path beside =
                all.stream()
                        .filter(library -> library.getFileName().toString().equals("libc.so.6"))
                        .findFirst()
                        .orElseThrow()
                        .getParent();
        Stream.concat(LOOKED_UP.stream(), OF_JARS.stream())
                .map(beside::resolve)
                .filter(Files::isRegularFile)
                .forEach(all::add);
        return all;
    }

    private static boolean isJava(Path file) {
        return file.endsWith(Path.of("bin", "java"));
    }

    private static Set<Path> needed(List<Path> files) throws IOException {
        List<String> command =
                Stream.concat(Stream.of("ldd"), files.stream().map(Path::toString)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        Set<Path> needed = new TreeSet<>();
        NEEDED.matcher(said)
                .results()
                .map(found -> Path.of(found.group(1)).normalize())
                .forEach(needed::add);
        return needed;
    }
}
