// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** What a process of a cluster of this machine is, in the order in which they are started. */
enum ClusterRole {
    ZOOKEEPER("zookeeper", QuorumPeerMain.class.getName()) {
        @Override
        List<String> flags(Configuration flink) {
            // It holds some hundred nodes; its log is written in pieces of 64 MB otherwise.
            return List.of("-Xmx64m", "-XX:+UseSerialGC", "-Dzookeeper.preAllocSize=256");
        }

        @Override
        List<String> arguments(ClusterFolder folder, Configuration flink) {
            return List.of(OwnZooKeeper.file(folder).toString());
        }
    },
    JOB_MANAGER(FlinkRole.JOB_MANAGER),
    TASK_MANAGER(FlinkRole.TASK_MANAGER);

    private final String word;
    private final String entry;
    private final Optional<FlinkRole> role;

    ClusterRole(FlinkRole role) {
        this(role.word(), role.entry(), Optional.of(role));
    }

    ClusterRole(String word, String entry) {
        this(word, entry, Optional.empty());
    }

    ClusterRole(String word, String entry, Optional<FlinkRole> role) {
        this.word = word;
        this.entry = entry;
        this.role = role;
    }

    /** Whose process a name names. */
    static ClusterRole of(String process) {
        return Stream.of(values())
                .filter(role -> process.startsWith(role.word))
                .findFirst()
                .orElseThrow(() -> new ClusterException(process + ": no process of a cluster"));
    }

    /** Begins the names of its processes. */
    String word() {
        return word;
    }

    /** Its main class, which Flink brings. */
    String entry() {
        return entry;
    }

    /** Flags of its JVM. */
    List<String> flags(Configuration flink) {
        return role.orElseThrow().flags(flink);
    }

    /** What its main class is told. */
    List<String> arguments(ClusterFolder folder, Configuration flink) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--configDir");
        arguments.add(folder.configuration().toString());
        arguments.addAll(role.orElseThrow().options(flink));
        return arguments;
    }
}
