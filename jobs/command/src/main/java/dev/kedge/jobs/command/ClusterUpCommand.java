// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.ClusterControl;
import dev.kedge.jobs.command.cluster.ClusterOptions;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.metrics.Reporters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a cluster, or what is missing of one. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Starts a job manager and task managers, and waits until they have found each other. They run on when the command ends. Of a cluster that is up, it starts what is missing.",
        footer = {
            "",
            "Examples:",
            "  kedge cluster up",
            "  kedge cluster up --task-managers 2 --slots 4 --port 8082",
            "  kedge cluster up --high-availability --job-managers 2",
            "  kedge cluster up -D taskmanager.memory.managed.size=2g",
            "  kedge cluster up --metrics 9250",
            "  kedge cluster up --config /etc/flink"
        })
final class ClusterUpCommand implements Callable<Integer> {
    private static final int MOST = 64;
    private static final int MOST_MASTERS = 8;
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--task-managers",
            paramLabel = "N",
            description =
                    "Task managers of this machine (default: 1). More than there are are started; 1 to 64.")
    private Integer taskManagers;

    @Option(
            names = "--high-availability",
            description =
                    "Starts a ZooKeeper, too, so that jobs outlive their job manager: started again, or by another one, it goes on with them from their newest checkpoints.")
    private boolean zooKeeper;

    @Option(
            names = "--job-managers",
            paramLabel = "N",
            description =
                    "Job managers of this machine (default: 1); one leads, the others stand by. Needs high availability; 1 to 8.")
    private Integer jobManagers;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Slots of each task manager (default: 2); 1 to 64.")
    private Integer slots;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Port of the REST interface and of Flink's page, 0 for any free one (default: 8081).")
    private Integer port;

    @Option(
            names = "--metrics",
            paramLabel = "PORT",
            description =
                    "Serves metrics for Prometheus: those of the job manager at this port, those of the task managers at the ports after it. Flink's reporter listens on all addresses of this machine.")
    private Integer metrics;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "An option of Flink, may be repeated.")
    private Map<String, String> options;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description =
                    "Folder of Flink's own config.yaml, masters and workers. What they give to this machine is started; the same command on the other hosts starts the rest.")
    private Path config;

    @Mixin private FolderOption folder;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SortedMap<String, String> flink = new TreeMap<>(options == null ? Map.of() : options);
        add(flink, ClusterOptions.SLOTS, "--slots", slots, 1, MOST);
        add(flink, ClusterOptions.PORT, "--port", port, 0, HIGHEST_PORT);
        if (metrics != null) {
            flink.putAll(
                    Reporters.prometheus(within("--metrics", metrics, 1, HIGHEST_PORT - 2 * MOST)));
        }
        requireOne(flink);
        if (config != null && !flink.isEmpty()) {
            throw ConfigurationException.of(
                    "--config: %s says how Flink is configured; write %s there",
                    config, String.join(", ", flink.keySet()));
        }
        OptionalInt wanted = OptionalInt.empty();
        if (taskManagers != null) {
            wanted = OptionalInt.of(within("--task-managers", taskManagers, 1, MOST));
        }
        OptionalInt masters = OptionalInt.empty();
        if (jobManagers != null) {
            masters = OptionalInt.of(within("--job-managers", jobManagers, 1, MOST_MASTERS));
        }
        Optional<Path> given = Optional.ofNullable(config);
        new ClusterControl(folder.cluster(), Waiting.USUAL, Lines.of(spec))
                .up(new ClusterOptions(wanted, flink, given, masters, zooKeeper));
        return 0;
    }

    private void requireOne(SortedMap<String, String> flink) {
        if (config != null && (zooKeeper || jobManagers != null)) {
            throw ConfigurationException.of(
                    "--config: %s says which job managers there are, and which ZooKeeper (masters, high-availability.type in config.yaml); leave out %s",
                    config, zooKeeper ? "--high-availability" : "--job-managers");
        }
        for (String key : List.of("high-availability.type", "high-availability.zookeeper.quorum")) {
            if (zooKeeper && flink.containsKey(key)) {
                throw ConfigurationException.of(
                        "--high-availability: starts a ZooKeeper of this cluster; leave it out to use the one that %s names",
                        key);
            }
        }
    }

    private static void add(
            SortedMap<String, String> flink,
            String key,
            String option,
            Integer said,
            int least,
            int most) {
        if (said != null) {
            flink.put(key, Integer.toString(within(option, said, least, most)));
        }
    }

    private static int within(String option, int said, int least, int most) {
        DemoChecks.require(
                said >= least && said <= most, option, said, "between " + least + " and " + most);
        return said;
    }
}
