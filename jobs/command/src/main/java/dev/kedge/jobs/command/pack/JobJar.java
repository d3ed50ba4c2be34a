// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import dev.kedge.jobs.cluster.StreamJobMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The jar that is submitted to a Flink cluster: Kedge's classes, and below {@code lib/}, as they
 * are, the jars of the libraries that Flink does not bring. Flink puts those on the job's class
 * path.
 */
public final class JobJar {
    /** Its name. */
    public static final String NAME = "kedge-job-" + KedgeVersion.NUMBER + ".jar";

    private static final String LIBRARIES = "lib/";

    private JobJar() {}

    /**
     * Writes it.
     *
     * @param parts what it is made of
     */
    public static void write(Path jar, Parts parts) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (KedgeModule module : KedgeModule.values()) {
            for (Map.Entry<String, byte[]> file : module.files().entrySet()) {
                if (module.isDeployed(file.getKey())) {
                    files.put(file.getKey(), file.getValue());
                }
            }
        }
        for (Path library : parts.job()) {
            files.put(LIBRARIES + library.getFileName(), Files.readAllBytes(library));
        }
        JarWriter.write(jar, manifest(), files);
    }

    private static SortedMap<String, String> manifest() {
        SortedMap<String, String> manifest = new TreeMap<>();
        manifest.put("Main-Class", StreamJobMain.class.getName());
        manifest.put("Implementation-Title", "Kedge");
        manifest.put("Implementation-Version", KedgeVersion.NUMBER);
        return manifest;
    }
}
