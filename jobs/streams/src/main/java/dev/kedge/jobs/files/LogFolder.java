// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import static dev.kedge.state.text.Text.format;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where {@code kedge.log} is: {@code logs} in the working directory unless {@code kedge.log.dir}
 * says otherwise. Looked at before the first line is logged, because the logging library answers a
 * folder that it cannot write with a trace for each of its parts.
 */
public final class LogFolder {
    private static final String FOLDER = "kedge.log.dir";
    private static final String FILE = "kedge.log";
    private static final String CONFIGURATION = "log4j2.configurationFile";
    private static final String OFF = "log4j2-off.xml";

    private LogFolder() {}

    /**
     * Makes sure that the log can be written, or switches it off.
     *
     * @return why it is off, in one line
     */
    public static Optional<String> prepare() {
        Optional<String> problem = problem(folder());
        problem.ifPresent(reason -> System.setProperty(CONFIGURATION, OFF));
        return problem;
    }

    /** The log that is written now; empty where it is off. */
    public static Optional<Path> file() {
        return OFF.equals(System.getProperty(CONFIGURATION))
                ? Optional.empty()
                : Optional.of(folder().resolve(FILE).toAbsolutePath().normalize());
    }

    private static Path folder() {
        return Path.of(System.getProperty(FOLDER, "logs"));
    }

    static Optional<String> problem(Path folder) {
        try {
            OwnerOnly.createDirectories(folder);
            FileChannel.open(folder.resolve(FILE), CREATE, APPEND).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    format(
                            "nothing is logged: %s cannot be written (%s);"
                                    + " KEDGE_JVM_OPTS=-D%s=DIR names another folder",
                            folder.toAbsolutePath(), reason(e), FOLDER));
        }
    }

    private static String reason(IOException e) {
        String kind = e.getClass().getSimpleName();
        return switch (kind) {
            case "AccessDeniedException" -> "no permission";
            case "FileAlreadyExistsException" -> "it is no folder";
            default -> e.getMessage() == null ? kind : e.getMessage();
        };
    }
}
