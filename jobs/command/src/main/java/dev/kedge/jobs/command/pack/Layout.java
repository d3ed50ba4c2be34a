// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies where in the archive; {@code kedge} finds its jars by these folders. */
final class Layout {
    static final String FLINK = "lib/flink";
    static final String NATIVE = "lib/native";
    static final String KEDGE = "lib/kedge";
    static final String COMMIT = "lib/commit";
    static final String SCRIPT = "bin/kedge";

    private static final List<String> DOCUMENTS =
            List.of(
                    "CHANGELOG.md",
                    "LICENSE",
                    "README.md",
                    "REPRODUCIBILITY.md",
                    "SECURITY.md",
                    "UPGRADING.md");

    private Layout() {}

    /**
     * All files by their names in the archive.
     *
     * @param checkout where documents and the script come from
     * @param made folder with what was made: the job jar and the jars of the modules
     */
    static SortedMap<String, Path> files(Path checkout, Path made, Parts parts) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        add(files, FLINK, parts.flink());
        add(files, NATIVE, parts.natives());
        add(files, KEDGE, parts.job());
        add(files, KEDGE, parts.command());
        add(files, KEDGE, KedgeModule.jars(made));
        files.put(JobJar.NAME, made.resolve(JobJar.NAME));
        files.put(SCRIPT, checkout.resolve("kedge"));
        if (Home.commit().isPresent()) {
            Path commit = made.resolve("commit");
            Files.writeString(commit, Home.commit().get() + "\n");
            files.put(COMMIT, commit);
        }
        DOCUMENTS.forEach(name -> files.put(name, checkout.resolve(name)));
        files.putAll(below(checkout, checkout.resolve("docs")));
        return files;
    }

    private static void add(SortedMap<String, Path> files, String folder, List<Path> jars) {
        jars.forEach(jar -> files.put(folder + "/" + jar.getFileName(), jar));
    }

    private static Map<String, Path> below(Path checkout, Path folder) {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile)
                    .forEach(
                            file ->
                                    files.put(
                                            checkout.relativize(file).toString().replace('\\', '/'),
                                            file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
