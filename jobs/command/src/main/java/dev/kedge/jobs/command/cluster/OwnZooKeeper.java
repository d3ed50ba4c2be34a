// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static org.apache.flink.configuration.HighAvailabilityOptions.HA_MODE;
import static org.apache.flink.configuration.HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM;
import static org.apache.flink.configuration.HighAvailabilityOptions.ZOOKEEPER_MAX_RETRY_ATTEMPTS;
import static org.apache.flink.configuration.HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT;
import static org.apache.flink.configuration.HighAvailabilityOptions.ZOOKEEPER_TOLERATE_SUSPENDED_CONNECTIONS;

import dev.kedge.state.text.Text;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * A ZooKeeper that is one more process of a cluster of this machine: the one that Flink brings for
 * its own use. It remembers which job manager leads, and where each job's newest checkpoint is.
 */
final class OwnZooKeeper {
    private static final String FILE = "zoo.cfg";
    private static final String PORT = "clientPort";

    /** The session of a job manager that died ends after this time; then another one may lead. */
    private static final String SESSION = "10 s";

    private OwnZooKeeper() {}

    /** Its configuration. */
    static Path file(ClusterFolder folder) {
        return folder.configuration().resolve(FILE);
    }

    /** Whether the cluster has one. */
    static boolean exists(ClusterFolder folder) {
        return Files.exists(file(folder));
    }

    /** Whether options of Flink name another one, or none at all. */
    static boolean isOther(Map<String, String> flink) {
        return flink.containsKey(HA_MODE.key()) || flink.containsKey(HA_ZOOKEEPER_QUORUM.key());
    }

    /** Writes its configuration, and into Flink's how it is found. */
    static void write(ClusterFolder folder, Map<String, String> flink) throws IOException {
        int port = port(folder);
        Files.writeString(
                file(folder),
                Text.format(
                        """
                        dataDir=%s
                        clientPort=%d
                        clientPortAddress=%s
                        tickTime=2000
                        admin.enableServer=false
                        autopurge.snapRetainCount=3
                        autopurge.purgeInterval=1
                        """,
                        folder.zooKeeper(), port, ClusterConfiguration.HOST));
        flink.put(HA_MODE.key(), "zookeeper");
        flink.put(HA_ZOOKEEPER_QUORUM.key(), ClusterConfiguration.HOST + ":" + port);
        flink.putIfAbsent(ZOOKEEPER_SESSION_TIMEOUT.key(), SESSION);
        // A moment without it, on a busy machine for example, is no reason to let jobs start anew.
        flink.putIfAbsent(ZOOKEEPER_TOLERATE_SUSPENDED_CONNECTIONS.key(), "true");
        flink.putIfAbsent(ZOOKEEPER_MAX_RETRY_ATTEMPTS.key(), "10");
    }

    /** The one that it had, if nobody else has it now. */
    private static int port(ClusterFolder folder) throws IOException {
        Properties before = new Properties();
        if (exists(folder)) {
            try (Reader reader = Files.newBufferedReader(file(folder))) {
                before.load(reader);
            }
        }
        int port = Integer.parseInt(before.getProperty(PORT, "0"));
        return Ports.isFree(port) ? port : Ports.free();
    }

    /** The cluster has none any more. */
    static void forget(ClusterFolder folder) throws IOException {
        Files.deleteIfExists(file(folder));
    }
}
