// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/**
 * How the processes of one cluster are set up: one slot a task manager, well below 1 GB each, and a
 * lost task manager noticed within seconds.
 *
 * @param folder of the configuration file, the temporary files and the logs
 * @param jobManagerPort where task managers report
 * @param restPort where jobs are submitted
 * @param key without which nobody can talk to the processes
 */
record ClusterSettings(Path folder, int jobManagerPort, int restPort, ClusterKey key) {
    private static final String HOST = "127.0.0.1";

    /** Writes the configuration file of a new cluster on free ports. */
    static ClusterSettings write(Path folder) {
        try {
            Files.createDirectories(folder.resolve("tmp"));
            ClusterSettings settings = onFreePorts(folder);
            Path file = Files.createFile(folder.resolve("config.yaml"));
            ClusterKey.ownerOnly(file);
            Files.writeString(file, settings.yaml());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClusterSettings onFreePorts(Path folder) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket first = new ServerSocket(0, 1, here);
                ServerSocket second = new ServerSocket(0, 1, here)) {
            return new ClusterSettings(
                    folder, first.getLocalPort(), second.getLocalPort(), ClusterKey.make(folder));
        }
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /** What a client of the cluster needs. */
    Configuration client() {
        return Configuration.fromMap(key.settings())
                .set(RestOptions.ADDRESS, HOST)
                .set(RestOptions.PORT, restPort);
    }

    List<String> jvmFlags(String role) {
        List<String> flags =
                Stream.of("util", "lang", "util.concurrent", "net", "nio")
                        .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
                        .collect(Collectors.toCollection(ArrayList::new));
        // Processes are short-lived here, and there are more of them than cores.
        flags.add("-XX:+UseSerialGC");
        flags.add("-XX:TieredStopAtLevel=1");
        flags.add("-Djava.awt.headless=true");
        if (role.equals(FlinkProcessMain.TASK_MANAGER)) {
            // Task and framework heap; the off-heap parts and the network.
            flags.add("-Xmx256m");
            flags.add("-XX:MaxDirectMemorySize=192m");
            flags.add("-XX:MaxMetaspaceSize=160m");
            flags.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=1g");
        } else {
            flags.add("-Xmx256m");
        }
        return flags;
    }

    private String yaml() {
        return """
                jobmanager.rpc.address: %1$s
                jobmanager.rpc.port: %2$d
                jobmanager.bind-host: %1$s
                rest.address: %1$s
                rest.bind-address: %1$s
                rest.port: %3$d
                taskmanager.host: %1$s
                taskmanager.bind-host: %1$s
                taskmanager.numberOfTaskSlots: 1
                taskmanager.cpu.cores: 1.0
                taskmanager.memory.framework.heap.size: 64m
                taskmanager.memory.framework.off-heap.size: 64m
                taskmanager.memory.task.heap.size: 192m
                taskmanager.memory.task.off-heap.size: 96m
                taskmanager.memory.network.min: 32m
                taskmanager.memory.network.max: 32m
                taskmanager.memory.managed.size: 96m
                taskmanager.memory.jvm-metaspace.size: 160m
                taskmanager.memory.jvm-overhead.min: 64m
                taskmanager.memory.jvm-overhead.max: 64m
                heartbeat.interval: 500 ms
                heartbeat.timeout: 20 s
                heartbeat.rpc-failure-threshold: 2
                pekko.ask.timeout: 60 s
                web.submit.enable: false
                web.cancel.enable: false
                classloader.resolve-order: parent-first
                io.tmp.dirs: %4$s
                blob.storage.directory: %4$s
                """
                        .formatted(HOST, jobManagerPort, restPort, folder.resolve("tmp"))
                + key.settings().entrySet().stream()
                        .map(setting -> setting.getKey() + ": '" + setting.getValue() + "'\n")
                        .collect(Collectors.joining());
    }
}
