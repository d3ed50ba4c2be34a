// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import java.io.File;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.runtime.entrypoint.ClusterEntrypoint;

/**
 * The jars that this process runs with, by the part of a deployment to which they belong; Kedge's
 * own modules are not among them.
 *
 * @param jars each part's, sorted by the names of their files
 */
public record Parts(Map<Part, List<Path>> jars) {
    private static final String FLINK = "org.apache.flink";

    /** The parts of this process's class path, whose jars lie in a Maven repository. */
    public static Parts ofClassPath() {
        Path repository = MavenArtefact.repository(Places.of(ClusterEntrypoint.class), FLINK);
        return new Parts(
                Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(System.getProperty("java.class.path"))
                        .map(entry -> MavenArtefact.of(Path.of(entry), repository))
                        .flatMap(Optional::stream)
                        .filter(artefact -> artefact.file().toString().endsWith(".jar"))
                        .collect(
                                Collectors.groupingBy(
                                        Part::of,
                                        () -> new EnumMap<>(Part.class),
                                        Collectors.collectingAndThen(
                                                Collectors.toList(), Parts::files))));
    }

    private static List<Path> files(List<MavenArtefact> artefacts) {
        return artefacts.stream()
                .map(MavenArtefact::file)
                .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                .toList();
    }

    /** What a Flink cluster is made of. */
    public List<Path> flink() {
        return jars.getOrDefault(Part.FLINK, List.of());
    }

    /** What goes into Flink's own {@code lib}. */
    public List<Path> natives() {
        return jars.getOrDefault(Part.NATIVE, List.of());
    }

    /** What the job jar has inside. */
    public List<Path> job() {
        return jars.getOrDefault(Part.JOB, List.of());
    }

    /** What only the command needs. */
    public List<Path> command() {
        return jars.getOrDefault(Part.COMMAND, List.of());
    }
}
