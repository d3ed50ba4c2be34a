// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dependencies;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A jar of a Maven repository, known by its place in it.
 *
 * @param place the folders before the artefact's, joined by dots: they end with its group
 * @param name the artefact
 * @param version its version
 */
record Artefact(String place, String name, Version version) {

    /** What a jar is; empty if it does not lie in a Maven repository. */
    static Optional<Artefact> of(Path jar) {
        Path folder = jar.getParent();
        Path artefact = folder == null ? null : folder.getParent();
        if (artefact == null || artefact.getParent() == null) {
            return Optional.empty();
        }
        String name = artefact.getFileName().toString();
        String version = folder.getFileName().toString();
        if (!jar.getFileName().toString().startsWith(name + "-" + version)) {
            return Optional.empty();
        }
        StringBuilder place = new StringBuilder();
        artefact.getParent().forEach(part -> place.append('.').append(part));
        return Optional.of(new Artefact(place.toString(), name, Version.of(version)));
    }

    /** Whether it is the artefact of this group and name. */
    boolean is(String groupAndName) {
        int colon = groupAndName.indexOf(':');
        return name.equals(groupAndName.substring(colon + 1))
                && place.endsWith("." + groupAndName.substring(0, colon));
    }

    @Override
    public String toString() {
        return name + " " + String.join(".", version.parts());
    }
}
