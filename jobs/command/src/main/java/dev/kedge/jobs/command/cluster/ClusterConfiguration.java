// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;

/** The configuration of a cluster: Flink's {@code config.yaml}, and that of its log. */
final class ClusterConfiguration {
    static final String HOST = "127.0.0.1";
    static final String LOG = "log4j2.xml";

    private static final String FILE = "config.yaml";
    private static final List<String> FILES =
            List.of(FILE, ClusterHosts.MASTERS, ClusterHosts.WORKERS);
    private static final String ADDRESS = "jobmanager.rpc.address";
    private static final String RPC_PORT = "jobmanager.rpc.port";

    private ClusterConfiguration() {}

    /**
     * Writes it into the folder of a cluster that does not run. What is there already stays, unless
     * an option says otherwise.
     *
     * @throws ClusterException if a folder of Flink's has no configuration
     */
    static void write(ClusterFolder folder, ClusterOptions options) throws IOException {
        try (InputStream log = ClusterConfiguration.class.getResourceAsStream(LOG)) {
            Files.copy(
                    log, folder.configuration().resolve(LOG), StandardCopyOption.REPLACE_EXISTING);
        }
        if (options.folder().isPresent()) {
            copy(options.folder().get(), folder);
        }
        SortedMap<String, String> flink =
                new TreeMap<>(exists(folder) ? read(folder).toMap() : options(folder));
        SortedMap<String, String> before = new TreeMap<>(flink);
        flink.putAll(options.flink());
        freePorts(flink);
        highAvailability(folder, options, flink);
        if (!flink.equals(before) || !exists(folder)) {
            Files.writeString(folder.configuration().resolve(FILE), FlinkYaml.of(flink));
        }
        if (options.folder().isEmpty()) {
            jobManagers(folder, options.jobManagers(), false);
        }
    }

    /** A ZooKeeper that was chosen once stays until another one is named. */
    private static void highAvailability(
            ClusterFolder folder, ClusterOptions options, SortedMap<String, String> flink)
            throws IOException {
        boolean other = options.folder().isPresent() || OwnZooKeeper.isOther(options.flink());
        if (other && !options.zooKeeper()) {
            OwnZooKeeper.forget(folder);
        } else if (options.zooKeeper() || OwnZooKeeper.exists(folder)) {
            OwnZooKeeper.write(folder, flink);
        }
        if (options.folder().isEmpty()
                && JobManagers.isHighlyAvailable(Configuration.fromMap(flink))) {
            flink.putIfAbsent(
                    HighAvailabilityOptions.HA_STORAGE_PATH.key(),
                    folder.recovery().toUri().toString());
        }
    }

    /**
     * Writes where the job managers of a cluster of this machine alone are. Those that run stay
     * where they are.
     *
     * @param number how many are wanted; empty for as many as there are
     * @param up whether they run
     * @throws ClusterException if there are to be several, and none can take over from another
     */
    static void jobManagers(ClusterFolder folder, OptionalInt number, boolean up)
            throws IOException {
        Configuration flink = read(folder);
        if (!JobManagers.isHighlyAvailable(flink)) {
            if (number.orElse(1) > 1) {
                throw new ClusterException(
                        "job managers: there can be one; more need high availability (--high-availability, or -D high-availability.type=zookeeper and your own ZooKeeper)");
            }
            return;
        }
        if (!isOfThisMachine(flink)) {
            return;
        }
        ClusterHosts hosts = ClusterHosts.read(folder.configuration());
        List<Integer> before = JobManagers.of(flink, hosts).ports();
        List<Integer> ports = new ArrayList<>(up ? before : List.of(flink.get(RestOptions.PORT)));
        while (ports.size() < number.orElse(before.size())) {
            ports.add(Ports.freeAbove(ports.get(ports.size() - 1)));
        }
        ClusterHosts.write(folder.configuration(), ports);
    }

    /** Whether a cluster is configured as options say already. */
    static boolean isAsSaid(ClusterFolder folder, ClusterOptions options) throws IOException {
        Map<String, String> flink = read(folder).toMap();
        for (Map.Entry<String, String> option : options.flink().entrySet()) {
            boolean any =
                    option.getKey().equals(ClusterOptions.PORT) && option.getValue().equals("0");
            if (!any && !option.getValue().equals(flink.get(option.getKey()))) {
                return false;
            }
        }
        boolean zooKeeper = !options.zooKeeper() || OwnZooKeeper.exists(folder);
        return zooKeeper && (options.folder().isEmpty() || isCopy(options.folder().get(), folder));
    }

    private static boolean isCopy(Path from, ClusterFolder folder) throws IOException {
        for (String name : FILES) {
            Path copy = folder.configuration().resolve(name);
            boolean there = Files.exists(from.resolve(name));
            if (there != Files.exists(copy)
                    || (there && Files.mismatch(from.resolve(name), copy) >= 0)) {
                return false;
            }
        }
        return true;
    }

    private static void copy(Path from, ClusterFolder folder) throws IOException {
        if (!Files.isRegularFile(from.resolve(FILE))) {
            throw new ClusterException(from.resolve(FILE) + ": there is no such file");
        }
        for (String name : FILES) {
            Path copy = folder.configuration().resolve(name);
            Files.deleteIfExists(copy);
            if (Files.isRegularFile(from.resolve(name))) {
                Files.copy(from.resolve(name), copy);
            }
        }
    }

    /** A port that nobody chose may be another one at each start. */
    private static void freePorts(SortedMap<String, String> flink) {
        if (!HOST.equals(flink.get(ADDRESS))) {
            return;
        }
        if ("0".equals(flink.get(ClusterOptions.PORT))) {
            flink.put(ClusterOptions.PORT, Integer.toString(Ports.free()));
        }
        flink.put("rest.bind-port", flink.get(ClusterOptions.PORT));
        if (!Ports.isFree(Integer.parseInt(flink.getOrDefault(RPC_PORT, "0")))) {
            flink.put(RPC_PORT, Integer.toString(Ports.free()));
        }
    }

    private static SortedMap<String, String> options(ClusterFolder folder) {
        SortedMap<String, String> flink = new TreeMap<>();
        flink.put(ADDRESS, HOST);
        flink.put(RPC_PORT, Integer.toString(Ports.free()));
        // Jobs get more tasks and fewer while they run.
        flink.put("jobmanager.scheduler", "adaptive");
        flink.put("jobmanager.bind-host", HOST);
        flink.put("jobmanager.memory.process.size", "1024m");
        flink.put("taskmanager.host", HOST);
        flink.put("taskmanager.bind-host", HOST);
        flink.put(ClusterOptions.SLOTS, "2");
        flink.put("taskmanager.memory.task.heap.size", "768m");
        // What ND4J and onnxruntime take is theirs alone: neither heap nor managed memory.
        flink.put("taskmanager.memory.task.off-heap.size", "512m");
        flink.put("taskmanager.memory.managed.size", "512m");
        flink.put("rest.address", HOST);
        flink.put("rest.bind-address", HOST);
        flink.put(ClusterOptions.PORT, "8081");
        // Several processes that start at once on a busy machine take their time.
        flink.put("pekko.startup-timeout", "60 s");
        flink.put("io.tmp.dirs", folder.temporary().toString());
        flink.put("web.upload.dir", folder.temporary().resolve("jars").toString());
        flink.put("execution.checkpointing.dir", folder.checkpoints().toUri().toString());
        flink.put("execution.checkpointing.savepoint-dir", folder.savepoints().toUri().toString());
        flink.put("env.java.opts.all", String.join(" ", FlinkRole.OPENED));
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

    /** Whether no other host can be part of it. */
    static boolean isOfThisMachine(Configuration flink) {
        return HOST.equals(flink.get(JobManagerOptions.ADDRESS));
    }

    /** Where a cluster's REST interface is. */
    static URI rest(Configuration flink) {
        return rest(flink.get(RestOptions.ADDRESS), flink.get(RestOptions.PORT));
    }

    static URI rest(String host, int port) {
        return URI.create("http://" + host + ":" + port);
    }

    /**
     * Checks that the REST interface of a cluster of this machine alone finds its port free.
     *
     * @throws ClusterException if another process has it
     */
    static void requireFreePort(Configuration flink) {
        int port = flink.get(RestOptions.PORT);
        if (isOfThisMachine(flink) && !Ports.isFree(port)) {
            throw new ClusterException(
                    "port " + port + " is taken by another process; name another one with --port");
        }
    }
}
