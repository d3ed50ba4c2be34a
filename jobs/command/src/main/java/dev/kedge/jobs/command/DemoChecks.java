// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.connectors.image.ImageSet;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.data.DatasetFormatException;
import dev.kedge.jobs.laboratory.data.ImageFolderReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the demos want of their options. */
final class DemoChecks {
    private DemoChecks() {}

    /**
     * Refuses an option's value unless a condition holds.
     *
     * @throws ConfigurationException if it does not, naming option, value and what is allowed
     */
    static void require(boolean holds, String option, Object value, String allowed) {
        if (!holds) {
            throw new ConfigurationException(
                    option + ": " + value + " is not allowed; it must be " + allowed);
        }
    }

    /** Refuses what cannot be a port. */
    static void port(int port) {
        require(port >= 0 && port <= 65_535, "--port", port, "between 0 and 65535");
    }

    /**
     * Reads the folder of {@code --images}, or its {@code train} if it has one.
     *
     * @param perClass images of each class; 0 for all
     */
    static ImageSet images(Path folder, int perClass) {
        Path train = folder.resolve("train");
        try {
            return ImageFolderReader.read(Files.isDirectory(train) ? train : folder, perClass);
        } catch (DatasetFormatException e) {
            throw new ConfigurationException("--images: " + e.getMessage());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--images: " + folder + " cannot be read (" + e.getMessage() + ")");
        }
    }
}
