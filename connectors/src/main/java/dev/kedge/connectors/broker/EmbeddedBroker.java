// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker and its controller in this process, reachable from this machine only. Closing
 * it stops it; a directory that it made itself is then deleted, a given one is kept and can be
 * started again. Not for production: one node, one copy of everything.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    private final KafkaRaftServer server;
    private final int port;
    private final SortedMap<String, Integer> more;
    private final Optional<Path> deleteAtEnd;
    private boolean closed;

    private EmbeddedBroker(
            KafkaRaftServer server,
            int port,
            SortedMap<String, Integer> more,
            Optional<Path> deleteAtEnd) {
        this.server = server;
        this.port = port;
        this.more = more;
        this.deleteAtEnd = deleteAtEnd;
    }

    /** Starts a broker that forgets everything when it is closed. */
    public static EmbeddedBroker start() {
        try {
            Path folder = Files.createTempDirectory("kedge-broker");
            return start(folder, 0, List.of(), Optional.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a broker that keeps its logs in a folder, new or from an earlier start. */
    public static EmbeddedBroker start(Path folder) {
        return start(folder, 0);
    }

    /**
     * Starts a broker that keeps its logs in a folder.
     *
     * @param port where clients connect, or 0 for any free port
     * @throws BrokerException if the port is taken or the broker does not start
     */
    public static EmbeddedBroker start(Path folder, int port) {
        requireFree(port);
        return start(folder, port, List.of(), Optional.empty());
    }

    /**
     * Starts a broker that keeps its logs in a folder, with further listeners on any free ports.
     *
     * @throws BrokerException if the broker does not start
     */
    public static EmbeddedBroker start(Path folder, List<BrokerListener> more) {
        return start(folder, 0, more, Optional.empty());
    }

    private static EmbeddedBroker start(
            Path folder, int port, List<BrokerListener> more, Optional<Path> deleteAtEnd) {
        // A free port may be taken between finding and binding it: then try others.
        for (int attempt = 1; ; attempt++) {
            int clients = port == 0 ? freePort() : port;
            try {
                SortedMap<String, Integer> ports = new TreeMap<>();
                more.forEach(listener -> ports.put(listener.name(), freePort()));
                Properties settings = BrokerSettings.of(folder, clients, freePort());
                more.forEach(listener -> listener.addTo(settings, ports.get(listener.name())));
                return new EmbeddedBroker(
                        started(folder, settings, clients), clients, ports, deleteAtEnd);
            } catch (BrokerException e) {
                if (attempt == ATTEMPTS) {
                    deleteAtEnd.ifPresent(Folders::delete);
                    throw e;
                }
            }
        }
    }

    private static KafkaRaftServer started(Path folder, Properties settings, int port) {
        BrokerSettings.format(folder);
        try {
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
            return startedOrStopped(server, port);
        } catch (RuntimeException e) {
            throw new BrokerException("no broker on port " + port + ": " + e.getMessage(), e);
        }
    }

    private static KafkaRaftServer startedOrStopped(KafkaRaftServer server, int port) {
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw new BrokerException("no broker on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** What clients connect to, as host and port. */
    public String bootstrapServers() {
        return BrokerSettings.HOST + ":" + port;
    }

    /** What clients of a further listener connect to, as host and port. */
    public String bootstrapServers(String listener) {
        return BrokerSettings.HOST + ":" + more.get(listener);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        deleteAtEnd.ifPresent(Folders::delete);
    }

    // Kafka ends the whole process when it cannot bind: better to ask before.
    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new BrokerException("port " + port + " is taken: " + e.getMessage(), e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
