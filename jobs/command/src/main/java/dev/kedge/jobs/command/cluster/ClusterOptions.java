// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a cluster is set up.
 *
 * @param taskManagers task managers on this machine; empty for one, or for those that its folder
 *     names
 * @param flink options of Flink, which count before what is written otherwise
 * @param folder with Flink's own {@code config.yaml}, {@code masters} and {@code workers}; empty
 *     for a configuration that is written
 * @param jobManagers job managers on this machine, one of which leads; empty for one, or for those
 *     that its folder names
 * @param zooKeeper whether the cluster has a ZooKeeper of its own, and with it high availability
 */
public record ClusterOptions(
        OptionalInt taskManagers,
        SortedMap<String, String> flink,
        Optional<Path> folder,
        OptionalInt jobManagers,
        boolean zooKeeper) {
    /** Most task managers of one machine. */
    public static final int MOST_TASK_MANAGERS = 64;

    /** How Flink calls the slots of each task manager. */
    public static final String SLOTS = "taskmanager.numberOfTaskSlots";

    /** How Flink calls the port of its REST interface and its page; 0 for any free one. */
    public static final String PORT = "rest.port";

    /** One task manager with two slots, on Flink's own port. */
    public static final ClusterOptions DEFAULT =
            new ClusterOptions(OptionalInt.empty(), new TreeMap<>(), Optional.empty());

    /** One job manager, whose jobs end with it. */
    public ClusterOptions(
            OptionalInt taskManagers, SortedMap<String, String> flink, Optional<Path> folder) {
        this(taskManagers, flink, folder, OptionalInt.empty(), false);
    }

    /** Copies the options. */
    public ClusterOptions {
        flink = new TreeMap<>(flink);
    }
}
