// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * How a job came to a cluster. Flink keeps it with the job, as its global parameters, and tells it
 * over its REST interface: whoever changes the job later knows where its state lies and how it is
 * started as it was.
 *
 * @param folder of the job's checkpoints
 * @param from the checkpoint or savepoint that it went on from; empty if it started anew
 * @param file where the text of its job file is kept; empty if it could not be
 * @param jar by which name its jar was uploaded; empty where nobody said it
 * @param parallelism what counted before the job file's; empty for none
 */
public record Submitted(
        String folder,
        Optional<String> from,
        Optional<String> file,
        Optional<String> jar,
        OptionalInt parallelism) {
    /** An option of Flink by which a submission says the name of its jar. */
    public static final ConfigOption<String> JAR =
            ConfigOptions.key("kedge.jar").stringType().noDefaultValue();

    private static final String FOLDER = "kedge.folder";
    private static final String FROM = "kedge.from";
    private static final String FILE = "kedge.file";
    private static final String PARALLELISM = "kedge.parallelism";

    /** As parameters of a job. */
    public SortedMap<String, String> parameters() {
        SortedMap<String, String> parameters = new TreeMap<>(Map.of(FOLDER, folder));
        from.ifPresent(path -> parameters.put(FROM, path));
        file.ifPresent(path -> parameters.put(FILE, path));
        jar.ifPresent(name -> parameters.put(JAR.key(), name));
        parallelism.ifPresent(tasks -> parameters.put(PARALLELISM, Integer.toString(tasks)));
        return parameters;
    }

    /**
     * Reads the parameters of a job.
     *
     * @return empty if it is none of Kedge
     */
    public static Optional<Submitted> of(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get(FOLDER))
                .map(
                        folder ->
                                new Submitted(
                                        folder,
                                        Optional.ofNullable(parameters.get(FROM)),
                                        Optional.ofNullable(parameters.get(FILE)),
                                        Optional.ofNullable(parameters.get(JAR.key())),
                                        parallelism(parameters)));
    }

    private static OptionalInt parallelism(Map<String, String> parameters) {
        String said = parameters.getOrDefault(PARALLELISM, "");
        return said.matches("[0-9]{1,4}")
                ? OptionalInt.of(Integer.parseInt(said))
                : OptionalInt.empty();
    }
}
