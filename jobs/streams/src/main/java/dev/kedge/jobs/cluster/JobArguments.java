// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.jobs.config.ConfigurationException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a job's main class is told.
 *
 * @param text of the job file
 * @param source begins every message about the file
 * @param check whether to look at brokers and topics before the job is handed to Flink
 */
record JobArguments(String text, String source, boolean check) {
    private static final String JOB = "--job";
    private static final String INLINE = "--job-inline";
    private static final String CHECK = "--check";
    private static final String ALLOWED =
            "give --job FILE (or a URI of a file system of Flink) or --job-inline BASE64, and --check to look at brokers and topics first";

    /**
     * Reads arguments, and the job file that they name.
     *
     * @throws ConfigurationException if they are not {@code --job FILE} or {@code --job-inline
     *     BASE64}, or the file cannot be read
     */
    static JobArguments of(String... arguments) {
        List<String> left = new ArrayList<>(List.of(arguments));
        boolean check = left.remove(CHECK);
        if (left.size() != 2) {
            throw ConfigurationException.of("arguments: %s; %s", shown(arguments), ALLOWED);
        }
        String value = left.get(1);
        return switch (left.get(0)) {
            case JOB -> new JobArguments(FlinkFiles.text(value), value, check);
            case INLINE -> new JobArguments(decoded(value), "job", check);
            default ->
                    throw ConfigurationException.of(
                            "arguments: '%s' is not known; %s", left.get(0), ALLOWED);
        };
    }

    private static String shown(String... arguments) {
        return arguments.length == 0 ? "there are none" : "there are " + arguments.length;
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getDecoder().decode(value), UTF_8);
        } catch (IllegalArgumentException e) {
            throw ConfigurationException.of("--job-inline: it is not Base64 (%s)", e.getMessage());
        }
    }
}
