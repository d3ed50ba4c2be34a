// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.image;

import dev.kedge.jobs.command.cluster.FlinkRole;
import dev.kedge.jobs.command.cluster.FlinkYaml;
import dev.kedge.jobs.command.container.ContainerEntry;
import dev.kedge.jobs.command.pack.JarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The jar that a container starts with: a few classes of Kedge that need Flink's jars alone. */
final class EntryJar {
    private static final String NAME = "entry.jar";

    private EntryJar() {}

    /**
     * Writes it.
     *
     * @param modules jars in which its classes are
     */
    static Path write(Path work, Iterable<Path> modules) throws IOException {
        List<String> beginnings =
                List.of(
                        place(ContainerEntry.class.getPackageName() + "."),
                        place(FlinkRole.class.getName()),
                        place(FlinkYaml.class.getName()));
        SortedMap<String, byte[]> classes = new TreeMap<>();
        for (Path module : modules) {
            try (JarFile jar = new JarFile(module.toFile())) {
                for (JarEntry entry : jar.stream().toList()) {
                    String name = entry.getName();
                    if (beginnings.stream().anyMatch(name::startsWith)) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            classes.put(name, in.readAllBytes());
                        }
                    }
                }
            }
        }
        SortedMap<String, String> manifest = new TreeMap<>();
        manifest.put("Main-Class", ContainerEntry.class.getName());
        Path file = work.resolve(NAME);
        JarWriter.write(file, manifest, classes);
        return file;
    }

    private static String place(String name) {
        return name.replace('.', '/');
    }
}
