// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.container;

import dev.kedge.jobs.command.cluster.FlinkYaml;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * What the surroundings of a container say of Flink's configuration, as in Flink's own image:
 * {@code JOB_MANAGER_RPC_ADDRESS} (otherwise the name of this host), {@code
 * TASK_MANAGER_NUMBER_OF_TASK_SLOTS}, and {@code FLINK_PROPERTIES}, which counts before all else.
 *
 * @param options by name
 */
record ContainerConfiguration(Map<String, String> options) {
    /** Configuration of the log: it goes to the container's output. */
    static final String LOG = "log4j2.xml";

    private static final String FILE = "config.yaml";
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)}|([A-Za-z_][A-Za-z0-9_]*))");

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if a line of {@code FLINK_PROPERTIES} is no option
     */
    static ContainerConfiguration of(Map<String, String> environment) {
        Map<String, String> options = new LinkedHashMap<>();
        String address = environment.getOrDefault("JOB_MANAGER_RPC_ADDRESS", "");
        options.put("jobmanager.rpc.address", address.isEmpty() ? hostName() : address);
        options.put("blob.server.port", "6124");
        options.put("query.server.port", "6125");
        String slots = environment.getOrDefault("TASK_MANAGER_NUMBER_OF_TASK_SLOTS", "");
        if (!slots.isEmpty()) {
            options.put("taskmanager.numberOfTaskSlots", slots);
        }
        environment
                .getOrDefault("FLINK_PROPERTIES", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> put(options, line, environment));
        return new ContainerConfiguration(options);
    }

    private static void put(
            Map<String, String> options, String line, Map<String, String> environment) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "FLINK_PROPERTIES: '" + line + "' is not allowed; it must be key: value");
        }
        String value = line.substring(colon + 1).strip();
        options.put(line.substring(0, colon).strip(), replaced(value, environment));
    }

    /** A variable that is not set stands for nothing, as in Flink's image. */
    private static String replaced(String value, Map<String, String> environment) {
        Matcher variables = VARIABLE.matcher(value);
        return variables.replaceAll(
                found -> {
                    String name = found.group(1) == null ? found.group(2) : found.group(1);
                    return Matcher.quoteReplacement(environment.getOrDefault(name, ""));
                });
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /**
     * Writes the configuration of a process into a folder for temporary files: what the image says
     * may be read-only.
     *
     * @param image folder of what the image says
     * @return the folder
     */
    Path write(Path image) throws IOException {
        SortedMap<String, String> flink =
                new TreeMap<>(GlobalConfiguration.loadConfiguration(image.toString()).toMap());
        flink.putAll(options);
        Path folder = Files.createTempDirectory("flink-conf");
        Files.writeString(folder.resolve(FILE), FlinkYaml.of(flink));
        Files.copy(image.resolve(LOG), folder.resolve(LOG));
        return folder;
    }
}
