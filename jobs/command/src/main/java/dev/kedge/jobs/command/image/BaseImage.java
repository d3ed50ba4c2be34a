// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import dev.kedge.jobs.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an image is built on: the name of an image in a registry, a file that {@code docker save}
 * wrote, or nothing.
 *
 * @param text as a person says it
 */
public record BaseImage(String text) {
    private static final String NOTHING = "scratch";
    private static final String FILE = ".tar";

    /** Whether the image brings everything itself. */
    boolean isNothing() {
        return text.equals(NOTHING);
    }

    /** Whether it is a saved image. */
    boolean isFile() {
        return text.endsWith(FILE);
    }

    /**
     * Begins an image.
     *
     * @throws ConfigurationException if there is no such file, or this is no name of an image
     */
    JibContainerBuilder begin() {
        if (isNothing()) {
            return Jib.fromScratch();
        }
        if (isFile()) {
            if (!Files.isRegularFile(Path.of(text))) {
                throw ConfigurationException.of("--base: %s: there is no such file", text);
            }
            return Jib.from(TarImage.at(Path.of(text)));
        }
        try {
            return Jib.from(text);
        } catch (InvalidImageReferenceException e) {
            throw ConfigurationException.of(
                    "--base: '%s' is not allowed; it must be the name of an image, a .tar file, or %s",
                    text, NOTHING);
        }
    }
}
