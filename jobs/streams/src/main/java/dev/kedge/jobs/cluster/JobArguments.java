// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.jobs.config.ConfigurationException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a job's main class is told.
 *
 * @param text of the job file
 * @param source begins every message about the file
 * @param check whether to look at brokers and topics before the job is handed to Flink
 * @param newest whether to go on from the job's newest checkpoint, if there is one
 * @param parallelism counts before what the file says; empty to leave it to the file
 */
record JobArguments(
        String text, String source, boolean check, boolean newest, OptionalInt parallelism) {
    static final String JOB = "--job";
    static final String INLINE = "--job-inline";
    static final String CHECK = "--check";
    static final String NEWEST = "--newest";
    static final String PARALLELISM = "--parallelism";

    private static final String ALLOWED =
            "give --job FILE (or a URI of a file system of Flink) or --job-inline BASE64; --check to look at brokers and topics first, --newest to go on from the job's newest checkpoint, --parallelism N";
    private static final int MOST = 1024;

    /**
     * Reads arguments, and the job file that they name.
     *
     * @throws ConfigurationException if they are not {@code --job FILE} or {@code --job-inline
     *     BASE64}, or the file cannot be read
     */
    static JobArguments of(String... arguments) {
        List<String> left = new ArrayList<>(List.of(arguments));
        boolean check = left.remove(CHECK);
        boolean newest = left.remove(NEWEST);
        OptionalInt parallelism = parallelism(left);
        if (left.size() != 2) {
            throw ConfigurationException.of("arguments: %s; %s", shown(arguments), ALLOWED);
        }
        String value = left.get(1);
        return switch (left.get(0)) {
            case JOB -> new JobArguments(FlinkFiles.text(value), value, check, newest, parallelism);
            case INLINE -> new JobArguments(decoded(value), "job", check, newest, parallelism);
            default ->
                    throw ConfigurationException.of(
                            "arguments: '%s' is not known; %s", left.get(0), ALLOWED);
        };
    }

    /** Takes it out of the arguments. */
    private static OptionalInt parallelism(List<String> arguments) {
        int at = arguments.indexOf(PARALLELISM);
        if (at < 0 || at + 1 == arguments.size()) {
            return OptionalInt.empty();
        }
        arguments.remove(at);
        String said = arguments.remove(at);
        if (!said.matches("[1-9][0-9]{0,3}") || Integer.parseInt(said) > MOST) {
            throw ConfigurationException.of(
                    "--parallelism: %s is not allowed; it must be between 1 and %d", said, MOST);
        }
        return OptionalInt.of(Integer.parseInt(said));
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
