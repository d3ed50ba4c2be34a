// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void aHostHasAsManyTaskManagersAsLines() throws IOException {
        Files.writeString(folder.resolve("masters"), "# one\nnode1.invalid:8081\n");
        Files.writeString(
                folder.resolve("workers"),
                "127.0.0.1\n\nnode2.invalid # large\nlocalhost\nnode2.invalid\n");

        ClusterHosts hosts = ClusterHosts.read(folder);

        assertThat(hosts.hasMaster()).isFalse();
        assertThat(hosts.masters()).containsExactly("node1.invalid");
        assertThat(hosts.taskManagers()).isEqualTo(2);
        assertThat(hosts.others()).isEqualTo(List.of("node1.invalid", "node2.invalid"));
    }
}
