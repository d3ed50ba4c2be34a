// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kedge.tests.security.Listeners;
import dev.kedge.tests.security.Listeners.Address;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of real processes: REST interface, calls, data and blobs. */
class ClusterKeyITCase {
    private static final int MILLIS = 5_000;

    /** First byte of what TLS says to whoever it refuses. */
    private static final int ALERT = 21;

    /** A request to the blob server to take something. */
    private static final byte[] PUT = {0, 1, 0, 0, 0, 4, 'c', 'o', 'd', 'e', 0, 0, 0, 0};

    @TempDir private Path folder;

    @Test
    void whoDoesNotHoldTheKeyIsAnsweredByNoneOfItsPorts() throws Exception {
        assumeThat(Listeners.known()).as("only Linux says what a process listens on").isTrue();
        ClusterSettings settings = ClusterSettings.write(folder);
        try (FlinkCluster cluster = new FlinkCluster(settings, 1)) {
            cluster.awaitTaskManagers();
            int ports = 0;
            for (long pid : cluster.pids()) {
                Set<Address> listening = Listeners.of(pid);
                assertThat(listening).isNotEmpty().allMatch(Address::loopback);
                for (Address address : listening) {
                    refusesPlainText(address);
                    refusesAStranger(address);
                    ports++;
                }
            }
            assertThat(ports).as("REST, calls, metrics, blobs; calls, metrics, data").isEqualTo(7);
        }
    }

    private static void refusesPlainText(Address address) throws IOException {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(PUT);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).as("%s", address).isIn(-1, ALERT);
        } catch (SocketException e) {
            assertThat(e).as("%s", address).hasMessageContaining("reset");
        }
    }

    private static void refusesAStranger(Address address) throws GeneralSecurityException {
        SSLContext stranger = SSLContext.getInstance("TLS");
        stranger.init(null, new TrustManager[] {new Trusting()}, null);
        assertThatThrownBy(
                        () -> {
                            try (SSLSocket socket =
                                    (SSLSocket)
                                            stranger.getSocketFactory()
                                                    .createSocket(address.host(), address.port())) {
                                socket.setSoTimeout(MILLIS);
                                socket.startHandshake();
                                socket.getOutputStream().write(PUT);
                                if (socket.getInputStream().read() < 0) {
                                    throw new IOException("closed");
                                }
                            }
                        })
                .as("%s", address)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    /** Whoever the server is, it is the client who is looked at here. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
