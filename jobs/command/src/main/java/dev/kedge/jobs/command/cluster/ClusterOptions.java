// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a new cluster is set up.
 *
 * @param taskManagers task managers
 * @param slots slots of each
 * @param port of the REST interface and the page of Flink; 0 for any free one
 * @param further options of Flink, which count before what is written otherwise
 */
public record ClusterOptions(
        int taskManagers, int slots, int port, SortedMap<String, String> further) {
    /** One task manager with two slots, on Flink's own port. */
    public static final ClusterOptions DEFAULT = new ClusterOptions(1, 2, 8081, new TreeMap<>());

    /** Copies the options. */
    public ClusterOptions {
        further = new TreeMap<>(further);
    }
}
