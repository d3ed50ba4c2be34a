// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A jar of a Maven repository.
 *
 * @param group its group
 * @param name its artefact
 * @param version its version
 * @param classifier which of its jars; empty for the main one
 * @param file where it lies
 */
record MavenArtefact(String group, String name, String version, String classifier, Path file) {
    /** Folders above a jar's group: artefact, version. */
    private static final int BELOW_GROUP = 3;

    /**
     * What a jar is, by its place in a repository: that is what Maven's layout of folders says.
     *
     * @param repository the folder of the repository
     * @return empty for a file that does not lie there
     */
    static Optional<MavenArtefact> of(Path file, Path repository) {
        if (!file.startsWith(repository)) {
            return Optional.empty();
        }
        Path place = repository.relativize(file);
        int group = place.getNameCount() - BELOW_GROUP;
        if (group < 1) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder();
        place.subpath(0, group)
                .forEach(part -> name.append(name.isEmpty() ? "" : ".").append(part));
        String artefact = place.getName(group).toString();
        String version = place.getName(group + 1).toString();
        return Optional.of(
                new MavenArtefact(
                        name.toString(),
                        artefact,
                        version,
                        classifier(file, artefact, version),
                        file));
    }

    private static String classifier(Path file, String name, String version) {
        String rest = file.getFileName().toString().substring(name.length() + version.length() + 1);
        return rest.startsWith("-") ? rest.substring(1, rest.lastIndexOf('.')) : "";
    }

    /** Whether it holds the tests of an artefact. */
    boolean isTests() {
        return classifier.equals("tests");
    }

    /**
     * The repository in which a jar lies.
     *
     * @param group its group, {@code org.apache.flink} for example
     */
    static Path repository(Path jar, String group) {
        Path folder = jar;
        int up = group.split("\\.", -1).length + BELOW_GROUP;
        for (int i = 0; i < up; i++) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Group and artefact, with a colon. */
    String coordinates() {
        return group + ":" + name;
    }
}
