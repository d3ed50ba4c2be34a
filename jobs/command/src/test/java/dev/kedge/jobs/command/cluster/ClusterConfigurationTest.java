// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.metrics.Reporters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigurationTest {
    @TempDir private Path temporary;

    private ClusterFolder folder;

    @BeforeEach
    void create() throws IOException {
        folder = new ClusterFolder(temporary.resolve("cluster"));
        folder.create();
    }

    private Configuration written(Map<String, String> options) throws IOException {
        ClusterConfiguration.write(
                folder,
                new ClusterOptions(OptionalInt.empty(), new TreeMap<>(options), Optional.empty()));
        return ClusterConfiguration.read(folder);
    }

    @Test
    void aClustersProcessesOpenThePackagesThatTheBuildOpensToTests() {
        List<String> ours =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> flag.startsWith("--add-opens="))
                        .toList();

        assertThat(FlinkRole.OPENED).containsExactlyElementsOf(ours);
    }

    @Test
    void whatIsThereStaysAndWhatIsSaidCounts() throws IOException {
        Configuration first = written(Map.of());
        assertThat(first.get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(2);
        assertThat(first.get(RestOptions.PORT)).isEqualTo(8081);
        assertThat(first.get(JobManagerOptions.SCHEDULER))
                .isEqualTo(JobManagerOptions.SchedulerType.Adaptive);

        written(Map.of("taskmanager.numberOfTaskSlots", "4", "rest.port", "9"));
        Configuration third = written(Map.of("heartbeat.timeout", "it's 60 s"));

        assertThat(third.get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(4);
        assertThat(third.get(RestOptions.BIND_PORT)).isEqualTo("9");
        assertThat(third.toMap()).containsEntry("heartbeat.timeout", "it's 60 s");
    }

    @Test
    void whetherAClusterIsConfiguredAsIsSaidIsSeen() throws IOException {
        written(Map.of("rest.port", "0", "heartbeat.timeout", "60 s"));

        assertThat(isAsSaid(Map.of())).isTrue();
        assertThat(isAsSaid(Map.of("rest.port", "0", "heartbeat.timeout", "60 s"))).isTrue();
        assertThat(isAsSaid(Map.of("heartbeat.timeout", "61 s"))).isFalse();
        assertThat(isAsSaid(Map.of("taskmanager.host", "elsewhere"))).isFalse();
    }

    private boolean isAsSaid(Map<String, String> options) throws IOException {
        return ClusterConfiguration.isAsSaid(
                folder,
                new ClusterOptions(OptionalInt.empty(), new TreeMap<>(options), Optional.empty()));
    }

    private Configuration highlyAvailable(Map<String, String> options, int masters)
            throws IOException {
        ClusterConfiguration.write(
                folder,
                new ClusterOptions(
                        OptionalInt.empty(),
                        new TreeMap<>(options),
                        Optional.empty(),
                        OptionalInt.of(masters),
                        true));
        return ClusterConfiguration.read(folder);
    }

    @Test
    void aZooKeeperOfItsOwnStaysUntilAnotherIsNamed() throws IOException {
        Configuration flink = highlyAvailable(Map.of("rest.port", "0"), 2);
        assertThat(flink.get(HighAvailabilityOptions.HA_MODE)).isEqualTo("zookeeper");
        assertThat(flink.get(HighAvailabilityOptions.HA_STORAGE_PATH))
                .isEqualTo(folder.recovery().toUri().toString());
        String quorum = flink.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM);
        assertThat(OwnZooKeeper.file(folder))
                .content()
                .contains("clientPort=" + quorum.replace("127.0.0.1:", ""))
                .contains("clientPortAddress=127.0.0.1")
                .contains("dataDir=" + folder.zooKeeper());
        assertThat(ports()).hasSize(2).doesNotHaveDuplicates();

        Configuration again = written(Map.of());
        assertThat(again.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM)).isEqualTo(quorum);
        assertThat(ports()).hasSize(2);
        ClusterConfiguration.jobManagers(folder, OptionalInt.of(3), true);
        assertThat(ports()).hasSize(3).doesNotHaveDuplicates();

        Configuration other = written(Map.of("high-availability.zookeeper.quorum", "node1:2181"));
        assertThat(other.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM)).isEqualTo("node1:2181");
        assertThat(OwnZooKeeper.exists(folder)).isFalse();
    }

    private List<Integer> ports() {
        return JobManagers.of(
                        ClusterConfiguration.read(folder),
                        ClusterHosts.read(folder.configuration()))
                .ports();
    }

    @Test
    void severalJobManagersNeedHighAvailability() {
        ClusterOptions two =
                new ClusterOptions(
                        OptionalInt.empty(),
                        new TreeMap<>(),
                        Optional.empty(),
                        OptionalInt.of(2),
                        false);

        assertThatThrownBy(() -> ClusterConfiguration.write(folder, two))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith(
                        "job managers: there can be one; more need high availability (--high-availability");
    }

    @Test
    void anyFreePortIsAnotherThanNone() throws IOException {
        Configuration flink = written(Map.of("rest.port", "0"));

        assertThat(flink.get(RestOptions.PORT)).isPositive();
        assertThat(flink.get(RestOptions.BIND_PORT))
                .isEqualTo(Integer.toString(flink.get(RestOptions.PORT)));
    }

    @Test
    void eachProcessHasAPortOfItsOwnForMetricsIfTheyAreWanted() throws IOException {
        assertThat(ClusterProcess.metrics("jobmanager", written(Map.of()))).isEmpty();

        Configuration flink = written(Reporters.prometheus(9250));

        assertThat(ClusterProcess.metrics("jobmanager", flink)).hasValue(9250);
        assertThat(ClusterProcess.metrics("taskmanager-1", flink)).hasValue(9251);
        assertThat(ClusterProcess.metrics("taskmanager-12", flink)).hasValue(9262);
        assertThat(ClusterProcess.metrics("jobmanager-2", flink)).hasValue(9316);
        assertThat(ClusterProcess.metrics("zookeeper", flink)).isEmpty();
        assertThat(isAsSaid(Reporters.prometheus(9250))).isTrue();
    }

    @Test
    void aPortThatSomebodyHasIsRefused() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            Configuration flink = written(Map.of("rest.port", port));

            assertThatThrownBy(() -> ClusterConfiguration.requireFreePort(flink))
                    .isInstanceOf(ClusterException.class)
                    .hasMessage(
                            "port "
                                    + port
                                    + " is taken by another process; name another one with --port");
        }
    }

    @Test
    void aFolderOfFlinksIsTakenAsItIs() throws IOException {
        Path flink = Files.createDirectory(temporary.resolve("conf"));
        String yaml = "jobmanager:\n  rpc:\n    address: node1 # ours\n";
        Files.writeString(flink.resolve("config.yaml"), yaml);
        Files.writeString(flink.resolve("workers"), "node2\n");

        ClusterConfiguration.write(
                folder,
                new ClusterOptions(OptionalInt.empty(), new TreeMap<>(), Optional.of(flink)));

        ClusterOptions same =
                new ClusterOptions(OptionalInt.empty(), new TreeMap<>(), Optional.of(flink));
        assertThat(ClusterConfiguration.isAsSaid(folder, same)).isTrue();
        Files.writeString(flink.resolve("masters"), "node1\n");
        assertThat(ClusterConfiguration.isAsSaid(folder, same)).isFalse();
        assertThat(folder.configuration().resolve("config.yaml")).hasContent(yaml);
        assertThat(ClusterConfiguration.rest(ClusterConfiguration.read(folder)))
                .hasToString("http://node1:8081");
        assertThat(ClusterHosts.read(folder.configuration()).workers()).containsExactly("node2");
    }

    @Test
    void aFolderWithoutConfigurationIsRefused() {
        assertThatThrownBy(
                        () ->
                                ClusterConfiguration.write(
                                        folder,
                                        new ClusterOptions(
                                                OptionalInt.empty(),
                                                new TreeMap<>(),
                                                Optional.of(temporary))))
                .isInstanceOf(ClusterException.class)
                .hasMessage(temporary.resolve("config.yaml") + ": there is no such file");
    }
}
