// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;

/** The configuration of a cluster: Flink's {@code config.yaml}, and that of its log. */
final class ClusterConfiguration {
    static final String HOST = "127.0.0.1";
    static final String LOG = "log4j2.xml";

    private static final String FILE = "config.yaml";

    /** The flags of {@code kedge.jvm.flags} in the build. */
    static final String OPENED =
            "--add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED --add-opens=java.base/java.net=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED";

    private ClusterConfiguration() {}

    /** Writes it into the folder of a new cluster, of which all processes are on this machine. */
    static void write(ClusterFolder folder, ClusterOptions options) throws IOException {
        SortedMap<String, String> flink = options(folder, options);
        flink.putAll(options.further());
        StringBuilder yaml = new StringBuilder();
        flink.forEach(
                (name, value) ->
                        yaml.append(name)
                                .append(": '")
                                .append(value.replace("'", "''"))
                                .append("'\n"));
        Files.writeString(folder.configuration().resolve(FILE), yaml);
        try (InputStream log = ClusterConfiguration.class.getResourceAsStream(LOG)) {
            Files.copy(log, folder.configuration().resolve(LOG));
        }
    }

    private static SortedMap<String, String> options(ClusterFolder folder, ClusterOptions options)
            throws IOException {
        SortedMap<String, String> flink = new TreeMap<>();
        int port = options.port() == 0 ? freePort() : options.port();
        flink.put("jobmanager.rpc.address", HOST);
        flink.put("jobmanager.rpc.port", Integer.toString(freePort()));
        flink.put("jobmanager.bind-host", HOST);
        flink.put("jobmanager.memory.process.size", "1024m");
        flink.put("taskmanager.host", HOST);
        flink.put("taskmanager.bind-host", HOST);
        flink.put("taskmanager.numberOfTaskSlots", Integer.toString(options.slots()));
        flink.put("taskmanager.memory.task.heap.size", "768m");
        // What ND4J and onnxruntime take is theirs alone: neither heap nor managed memory.
        flink.put("taskmanager.memory.task.off-heap.size", "512m");
        flink.put("taskmanager.memory.managed.size", "512m");
        flink.put("rest.address", HOST);
        flink.put("rest.bind-address", HOST);
        flink.put("rest.port", Integer.toString(port));
        flink.put("rest.bind-port", Integer.toString(port));
        flink.put("io.tmp.dirs", folder.temporary().toString());
        flink.put("web.upload.dir", folder.temporary().resolve("jars").toString());
        flink.put("execution.checkpointing.dir", folder.checkpoints().toUri().toString());
        flink.put("execution.checkpointing.savepoint-dir", folder.savepoints().toUri().toString());
        flink.put("env.java.opts.all", OPENED);
        // JavaCPP would count the whole process, RocksDB's memory as well, against twice the heap.
        flink.put(
                "env.java.opts.taskmanager",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dorg.bytedeco.javacpp.cachedir="
                        + folder.natives());
        return flink;
    }

    /** Whether there is one. */
    static boolean exists(ClusterFolder folder) {
        return Files.exists(folder.configuration().resolve(FILE));
    }

    /**
     * Reads it.
     *
     * @throws ClusterException if there is none
     */
    static Configuration read(ClusterFolder folder) {
        Path file = folder.configuration().resolve(FILE);
        if (!Files.exists(file)) {
            throw new ClusterException(folder.folder() + ": no cluster was started there");
        }
        return GlobalConfiguration.loadConfiguration(folder.configuration().toString());
    }

    /** Where a cluster's REST interface is. */
    static URI rest(Configuration flink) {
        return URI.create(
                "http://" + flink.get(RestOptions.ADDRESS) + ":" + flink.get(RestOptions.PORT));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
