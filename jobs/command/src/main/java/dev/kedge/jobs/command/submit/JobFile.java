// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.kind.ChosenJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A job file of this machine.
 *
 * @param path where it is
 * @param text what it says, with its references
 * @param chosen what that means here
 */
public record JobFile(Path path, String text, ChosenJob<?> chosen) {
    /**
     * Reads it.
     *
     * @throws ConfigurationException if anything in it is wrong, in one line
     */
    public static JobFile read(Path path) {
        String text = StrictYaml.text(path);
        return new JobFile(path, text, Jobs.parse(text, path.toString()));
    }

    /** Name of the job. */
    String name() {
        return settings().name();
    }

    /** Its settings. */
    JobSettings settings() {
        return chosen.settings();
    }

    /** The text as an argument. */
    String inline() {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
