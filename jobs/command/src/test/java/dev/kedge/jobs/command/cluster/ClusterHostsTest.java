// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterHostsTest {
    @TempDir private Path folder;

    @Test
    void withoutFilesAllIsHere() {
        ClusterHosts hosts = ClusterHosts.read(folder);

        assertThat(hosts.hasMaster()).isTrue();
        assertThat(hosts.taskManagers()).isEqualTo(1);
        assertThat(hosts.others()).isEmpty();
    }

    @Test
    void thisMachineCanHaveSeveralJobManagersEachWithAPortOfItsOwn() throws IOException {
        ClusterHosts.write(folder, List.of(8081, 8083));
        Configuration flink = new Configuration();
        flink.setString("rest.address", "127.0.0.1");
        ClusterHosts hosts = ClusterHosts.read(folder);

        assertThat(JobManagers.of(flink, hosts).addresses(List.of()))
                .as("without high availability there is one")
                .containsExactly(URI.create("http://127.0.0.1:8081"));
        flink.setString("high-availability.type", "zookeeper");
        JobManagers masters = JobManagers.of(flink, hosts);
        assertThat(masters.ports()).containsExactly(8081, 8083);
        assertThat(masters.here().get(1).name()).isEqualTo("jobmanager-2");
        assertThat(masters.here().get(1).arguments())
                .containsExactly(
                        "-D",
                        "jobmanager.rpc.address=127.0.0.1",
                        "-D",
                        "rest.port=8083",
                        "-D",
                        "rest.bind-port=8083");
        assertThat(masters.addresses(List.of("jobmanager-2")))
                .as("the one that runs first")
                .containsExactly(
                        URI.create("http://127.0.0.1:8083"), URI.create("http://127.0.0.1:8081"));
    }

    @Test
    void aHostHasAsManyTaskManagersAsLines() throws IOException {
        Files.writeString(folder.resolve("masters"), "# one\nnode1.invalid:8081\n");
        Files.writeString(
                folder.resolve("workers"),
                "127.0.0.1\n\nnode2.invalid # large\nlocalhost\nnode2.invalid\n");

        ClusterHosts hosts = ClusterHosts.read(folder);

        assertThat(hosts.hasMaster()).isFalse();
        assertThat(hosts.masters())
                .containsExactly(new ClusterHosts.Master("node1.invalid", OptionalInt.of(8081)));
        assertThat(hosts.taskManagers()).isEqualTo(2);
        assertThat(hosts.others()).isEqualTo(List.of("node1.invalid", "node2.invalid"));
    }
}
