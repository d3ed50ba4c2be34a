// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.container;

import dev.kedge.jobs.command.cluster.FlinkRole;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * Where things lie in a container, and the commands that start them.
 *
 * @param flink Flink's folder: {@code FLINK_HOME}, or as in its image
 * @param kedge Kedge's folder: {@code KEDGE_HOME}, or as in its image
 */
record ContainerPlaces(Path flink, Path kedge) {
    private static final String LIBRARIES = "lib";

    static ContainerPlaces of(Map<String, String> environment) {
        return new ContainerPlaces(
                Path.of(environment.getOrDefault("FLINK_HOME", "/opt/flink")),
                Path.of(environment.getOrDefault("KEDGE_HOME", "/opt/kedge")));
    }

    /** What the image says before the container says otherwise. */
    Path configuration() {
        return flink.resolve("conf");
    }

    /**
     * Starts a process of Flink.
     *
     * @param folder of its configuration
     * @param arguments what it is told beside that
     */
    List<String> flink(FlinkRole role, Path folder, List<String> arguments) {
        Configuration configuration = GlobalConfiguration.loadConfiguration(folder.toString());
        List<String> command = java();
        command.addAll(role.flags(configuration));
        command.add("-Djava.awt.headless=true");
        command.add("-Dlog4j.configurationFile=" + folder.resolve(ContainerConfiguration.LOG));
        command.add(role.entry());
        command.add("--configDir");
        command.add(folder.toString());
        command.addAll(role.options(configuration));
        command.addAll(arguments);
        return command;
    }

    /** By these, Flink finds what is its own. */
    Map<String, String> variables(Path folder) throws IOException {
        return Map.of(
                "CLASSPATH", jars(flink.resolve(LIBRARIES)),
                "FLINK_CONF_DIR", folder.toString(),
                "FLINK_LIB_DIR", flink.resolve(LIBRARIES).toString(),
                "FLINK_PLUGINS_DIR", flink.resolve("plugins").toString());
    }

    /** Starts the {@code kedge} command. */
    List<String> kedge(List<String> arguments) throws IOException {
        List<String> command = java();
        command.addAll(FlinkRole.OPENED);
        command.add("-XX:+UseSerialGC");
        command.add("-Djava.awt.headless=true");
        command.add("-Dkedge.log.dir=" + System.getProperty("java.io.tmpdir") + "/kedge-logs");
        command.add("-Dkedge.job-jar=" + flink.resolve("usrlib/kedge-job.jar"));
        command.add("-cp");
        command.add(
                jars(kedge.resolve(LIBRARIES))
                        + File.pathSeparator
                        + jars(flink.resolve(LIBRARIES)));
        command.add("dev.kedge.jobs.command.Kedge");
        command.addAll(arguments);
        return command;
    }

    private static List<String> java() {
        return new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    }

    private static String jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
