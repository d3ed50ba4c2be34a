// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.broker.BrokerException;
import dev.kedge.jobs.command.cluster.Ports;
import dev.kedge.jobs.page.PortInUseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoStartTest {
    @TempDir private Path folder;

    @Test
    void aBrokerThatCannotStartLeavesThePortOfTheDashboardFree() throws IOException {
        int port = Ports.free();
        Files.writeString(folder.resolve("broker"), "no folder");
        Demo.Options options = new Demo.Options(port, 17, 1, folder, false);

        assertThatThrownBy(() -> new Demo(options)).isInstanceOf(BrokerException.class);

        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(again.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void anOccupiedPortIsNoticedBeforeABrokerWritesAnything() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Demo.Options options = new Demo.Options(other.getLocalPort(), 17, 1, folder, false);

            assertThatThrownBy(() -> new Demo(options))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining(Integer.toString(other.getLocalPort()));
        }
        assertThat(folder).isEmptyDirectory();
    }
}
