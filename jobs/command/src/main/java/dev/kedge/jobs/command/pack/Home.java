// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder from which {@code kedge} runs: a checkout, or what the archive unpacked to.
 *
 * @param folder the folder
 */
public record Home(Path folder) {
    private static final String PROPERTY = "kedge.home";

    /** Names the job jar where there is neither a checkout nor an archive: in a container. */
    private static final String JOB_JAR = "kedge.job-jar";

    /** This process's; the working folder where nobody says it. */
    public static Home here() {
        return new Home(Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize());
    }

    /** Whether it is an unpacked archive, with everything made. */
    public boolean isInstalled() {
        return Files.isDirectory(folder.resolve(Layout.FLINK));
    }

    /**
     * Checks that it is a checkout.
     *
     * @param what is only made there
     * @throws ConfigurationException if it is not
     */
    public void requireCheckout(String what) {
        if (isInstalled() || !Files.isRegularFile(folder.resolve("pom.xml"))) {
            throw ConfigurationException.of(
                    "%s is not a checkout of Kedge: only there %s are made", folder, what);
        }
    }

    /**
     * Writes the jars of Kedge's own modules.
     *
     * @param made where to
     */
    public List<Path> modules(Path made) throws IOException {
        return KedgeModule.jars(made);
    }

    /** The jars beside Kedge's own. */
    public Parts parts() {
        return isInstalled()
                ? new Parts(
                        Map.of(
                                Part.FLINK, jars(Layout.FLINK),
                                Part.NATIVE, jars(Layout.NATIVE)))
                : Parts.ofClassPath();
    }

    /**
     * The job jar.
     *
     * @param made where it is made if it is not there
     */
    public Path jobJar(Path made) throws IOException {
        String named = System.getProperty(JOB_JAR, "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        Path ready = folder.resolve(JobJar.NAME);
        if (isInstalled()) {
            return ready;
        }
        Files.createDirectories(made);
        Path jar = made.resolve(JobJar.NAME);
        JobJar.write(jar, parts());
        return jar;
    }

    /** From which commit it comes; empty where nobody knows. */
    static Optional<String> commit() {
        return Optional.ofNullable(System.getProperty("kedge.commit"));
    }

    private List<Path> jars(String part) {
        try (Stream<Path> files = Files.list(folder.resolve(part))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
