// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.util.ArrayList;
import java.util.List;
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
    JOB_MANAGER(FlinkRole.JOB_MANAGER.word(), FlinkRole.JOB_MANAGER.entry()) {
        @Override
        List<String> flags(Configuration flink) {
            return FlinkRole.JOB_MANAGER.flags(flink);
        }

        @Override
        List<String> arguments(ClusterFolder folder, Configuration flink) {
            return configured(folder, FlinkRole.JOB_MANAGER.options(flink));
        }
    },
    TASK_MANAGER(FlinkRole.TASK_MANAGER.word(), FlinkRole.TASK_MANAGER.entry()) {
        @Override
        List<String> flags(Configuration flink) {
            return FlinkRole.TASK_MANAGER.flags(flink);
        }

        @Override
        List<String> arguments(ClusterFolder folder, Configuration flink) {
            return configured(folder, FlinkRole.TASK_MANAGER.options(flink));
        }
    };

    private final String word;
    private final String entry;

    ClusterRole(String word, String entry) {
        this.word = word;
        this.entry = entry;
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
    abstract List<String> flags(Configuration flink);

    /** What its main class is told. */
    abstract List<String> arguments(ClusterFolder folder, Configuration flink);

    private static List<String> configured(ClusterFolder folder, List<String> options) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--configDir", folder.configuration().toString()));
        arguments.addAll(options);
        return arguments;
    }
}
