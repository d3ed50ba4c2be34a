// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.util.SortedMap;

/** Flink's {@code config.yaml}. */
public final class FlinkYaml {
    private FlinkYaml() {}

    /**
     * Writes options, each as text in single quotes, so that no value is taken for anything else.
     *
     * @param options values by name
     */
    public static String of(SortedMap<String, String> options) {
        StringBuilder yaml = new StringBuilder();
        options.forEach(
                (name, value) ->
                        yaml.append(name)
                                .append(": '")
                                .append(value.replace("'", "''"))
                                .append("'\n"));
        return yaml.toString();
    }
}
