// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.jobs.command.cluster.FlinkRole;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts what the first argument names: a process of Flink, by the words of Flink's own image, the
 * {@code kedge} command, or any program. Ends as that ends, and passes the signal to end on.
 */
public final class ContainerEntry {
    private static final String KEDGE = "kedge";
    private static final int USAGE = 2;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream errors;

    /**
     * An entry.
     *
     * @param environment of the container
     * @param out for what was asked for
     * @param errors for what is wrong
     */
    ContainerEntry(Map<String, String> environment, PrintStream out, PrintStream errors) {
        this.environment = environment;
        this.out = out;
        this.errors = errors;
    }

    /**
     * Starts it.
     *
     * @param arguments the word, and what the program is told
     */
    public static void main(String[] arguments) {
        PrintStream out = to(FileDescriptor.out);
        PrintStream errors = to(FileDescriptor.err);
        System.exit(new ContainerEntry(System.getenv(), out, errors).run(arguments));
    }

    private static PrintStream to(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true, UTF_8);
    }

    /** Does what the arguments say, until that ends; its exit code. */
    int run(String... arguments) {
        String word = arguments.length == 0 ? "help" : arguments[0];
        List<String> rest =
                Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            return run(word, rest);
        } catch (IOException | IllegalArgumentException e) {
            errors.println(KEDGE + ": " + e.getMessage());
            return 1;
        }
    }

    /** What needs nothing of Flink comes first: a health check has none of it on its class path. */
    private int run(String word, List<String> rest) throws IOException {
        return switch (word) {
            case "help" -> help();
            case "check" -> check(rest);
            case KEDGE -> ForegroundProcess.run(places().kedge(rest), Map.of());
            default -> other(word, rest);
        };
    }

    private int other(String word, List<String> rest) throws IOException {
        for (FlinkRole role : FlinkRole.values()) {
            if (role.word().equals(word)) {
                return flink(role, rest);
            }
        }
        List<String> command = new ArrayList<>(List.of(word));
        command.addAll(rest);
        return ForegroundProcess.run(command, Map.of());
    }

    private int flink(FlinkRole role, List<String> arguments) throws IOException {
        Path folder = ContainerConfiguration.of(environment).write(places().configuration());
        return ForegroundProcess.run(
                places().flink(role, folder, arguments), places().variables(folder));
    }

    private ContainerPlaces places() {
        return ContainerPlaces.of(environment);
    }

    private int help() {
        out.println("Usage: (jobmanager|standalone-job|taskmanager|kedge|check|help)");
        out.println("    jobmanager      a job manager that takes jobs");
        out.println("    standalone-job  a job manager with one job: --job-classname CLASS ...");
        out.println("    taskmanager     a task manager");
        out.println("    kedge           the kedge command, for example: kedge submit JOB.yaml");
        out.println("    check URL       whether http://HOST:PORT/PATH or tcp://HOST:PORT answers");
        out.println("FLINK_PROPERTIES holds options of Flink, a line each, as key: value.");
        return 0;
    }

    private int check(List<String> rest) {
        if (rest.size() != 1) {
            errors.println(
                    "kedge: check takes one address, http://HOST:PORT/PATH or tcp://HOST:PORT");
            return USAGE;
        }
        Optional<String> wrong = HealthCheck.of(rest.get(0));
        wrong.ifPresent(errors::println);
        return wrong.isEmpty() ? 0 : 1;
    }
}
